import { isProblem, problem } from '../problem';
import { defineOp, type Sample } from './define-op';
import { type Dim, formatShape, multiplyDims, sameShape, sizeOf } from './dims';
import { toChannelsFirst, toChannelsLast, transposeOnnx } from './emit/onnx-node';
import { imageSizes, indexVector, typeOf, windowAttributes } from './emit/tensorflow-node';
import { fourAxes, pair } from './emit/tfjs-window';
import { rankProblem } from './shapes/elementwise';
import { slideWindow, type Window, windowPadding } from './shapes/window';

type Attrs = {
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid';
  /** Height and width of the images that the convolution read. */
  readonly inputSize: readonly Dim[];
};

function sample(dy: readonly number[], kernel: readonly number[], more: Partial<Attrs>): Sample {
  const attrs = { strides: [1, 1], padding: 'valid', inputSize: [], ...more };
  return { inputs: { dy: { shape: dy, declared: ['batch', ...dy.slice(1)] }, kernel: { shape: kernel } }, attrs };
}

/**
 * The gradient of `conv2d` without dilation with respect to its images, which is also the transposed convolution:
 * dx[n, p, q, c] = Σ dy[n, i, j, o] · kernel[u, v, c, o] over all i·s + u = p, j·s + v = q (padding aside).
 */
export const conv2dBackpropInput = defineOp({
  name: 'conv2dBackpropInput',
  inputs: ['dy', 'kernel'],
  outputs: ['dx'],
  inferShape: ({ dy, kernel }, { inputSize, ...window }: Attrs) => {
    for (const { shape } of [dy, kernel]) {
      if (shape.length !== 4) return rankProblem('conv2dBackpropInput', { shape, expected: 4 });
    }
    const [height, width, channels = 0, filters] = kernel.shape;
    const size = slideWindow(inputSize, { ...window, size: [Number(height), Number(width)] });
    if (isProblem(size)) return size;
    if (filters === dy.shape[3] && sameShape(size, dy.shape.slice(1, 3))) {
      return { dx: { dtype: dy.dtype, shape: [dy.shape[0] ?? 0, ...inputSize, channels] } };
    }
    return problem('channels-differ', { input: formatShape(dy.shape), kernel: formatShape(kernel.shape) });
  },
  gradient: (g, { dy, kernel }, { attrs: { inputSize: _, ...attrs }, dOutputs: { dx } }) => {
    if (!dx) return {};
    const [height = 0, width = 0] = kernel.type.shape;
    return {
      dy: g.value('conv2d', { x: dx, kernel }, { ...attrs, dilations: [1, 1] }),
      kernel: g.value('conv2dBackpropFilter', { x: dx, dy }, { ...attrs, kernelSize: [height, width] }),
    };
  },
  eachRow: true,
  cost: ({ dy, kernel }) => ({
    flops: multiplyDims(sizeOf(dy.shape), multiplyDims(2, sizeOf(kernel.shape.slice(0, 3)))),
  }),
  tensorflow: (b, { dy, kernel }, { attrs: { strides, padding }, outputs: { dx }, target }) => {
    // Of height and width alone TensorFlow takes the batch from dy and the channels from the kernel; tfjs does not.
    const image = dx.shape.slice(1).map(Number);
    const size = target === 'tfjsGraph' ? imageSizes(b, dy, image) : indexVector(b, image.slice(0, 2));
    const attrs = windowAttributes(strides, padding);
    return { dx: b.node('Conv2DBackpropInput', [size, kernel, dy], { ...typeOf(dy, attrs), dtype: dy.dtype }) };
  },
  onnx: (b, { dy, kernel }, { attrs, inputTypes }) => {
    const [input, output] = [attrs.inputSize.map(Number), inputTypes.dy.shape.slice(1, 3).map(Number)];
    const size = inputTypes.kernel.shape.slice(0, 2).map(Number);
    const nchw = transposeOnnx(b, dy, toChannelsFirst);
    const oihw = transposeOnnx(b, kernel, [3, 2, 0, 1]);
    const y = b.node('ConvTranspose', [nchw, oihw], { attrs: transposedWindow({ ...attrs, size }, { input, output }) });
    return { dx: transposeOnnx(b, y, toChannelsLast) };
  },
  tfjs: (tf, { dy, kernel }, { attrs: { strides, padding }, outputs: { dx } }) => {
    const [, height, width, channels] = dx.shape.map(Number);
    const shape: [number, number, number, number] = [dy.shape[0] ?? 0, height ?? 0, width ?? 0, channels ?? 0];
    return { dx: tf.conv2dTranspose(fourAxes(dy), fourAxes(kernel), shape, pair(strides), padding) };
  },
  samples: [
    sample([2, 4, 3, 4], [3, 3, 3, 4], { inputSize: [6, 5] }),
    sample([2, 6, 5, 2], [3, 2, 3, 2], { inputSize: [6, 5], padding: 'same' }),
    sample([2, 4, 3, 3], [3, 3, 2, 3], { inputSize: [7, 6], padding: 'same', strides: [2, 2] }),
    sample([1, 3, 6, 2], [2, 3, 1, 2], { inputSize: [7, 8], strides: [2, 1] }),
    sample([1, 3, 2, 2], [2, 1, 3, 2], { inputSize: [9, 6], padding: 'same', strides: [3, 3] }),
  ],
});

/** Strides and explicit padding of ONNX' ConvTranspose: what its window covers beyond the images is cut off. */
function transposedWindow(window: Window, { input, output }: Record<'input' | 'output', readonly number[]>) {
  const pads = windowPadding(input, window);
  const rest = input.map((n, i) => {
    const covered = ((output[i] ?? 1) - 1) * (window.strides[i] ?? 1) + (window.size[i] ?? 1);
    return n + (pads[i]?.[0] ?? 0) + (pads[i]?.[1] ?? 0) - covered;
  });
  return {
    strides: { ints: window.strides },
    pads: { ints: [...pads.map(([before]) => before), ...pads.map(([, after]) => after)] },
    output_padding: { ints: rest },
  };
}
