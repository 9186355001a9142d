import { isProblem, problem } from '../problem';
import { defineOp, type Sample } from './define-op';
import { formatShape, multiplyDims, sizeOf } from './dims';
import {
  indexVectorOnnx,
  toChannelsFirst,
  toChannelsLast,
  transposeOnnx,
  windowAttributesOnnx,
} from './emit/onnx-node';
import { convolutionAttributes, typeOf } from './emit/tensorflow-node';
import { convolutionPadding, fourAxes, pair } from './emit/tfjs-window';
import { rankProblem } from './shapes/elementwise';
import { slideWindow } from './shapes/window';

type Attrs = {
  /** Rows and columns alike: TensorFlow has no other. */
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid';
};

function sample(x: readonly number[], kernel: readonly number[], more: Partial<Attrs>): Sample {
  const inputs = { x: { shape: x, declared: ['batch', ...x.slice(1)] }, kernel: { shape: kernel } };
  return { inputs, attrs: { strides: [1, 1], padding: 'valid', ...more } };
}

/**
 * Cross-correlation of each channel by itself, of images `x` [batch, height, width, in] with `kernel`
 * [height, width, in, multiplier]: y[n, i, j, c·m + q] = Σ x[n, i·s + u, j·s + v, c] · kernel[u, v, c, q].
 */
export const depthwiseConv2d = defineOp({
  name: 'depthwiseConv2d',
  inputs: ['x', 'kernel'],
  outputs: ['y'],
  inferShape: ({ x, kernel }, { strides, padding }: Attrs) => {
    for (const { shape } of [x, kernel]) {
      if (shape.length !== 4) return rankProblem('depthwiseConv2d', { shape, expected: 4 });
    }
    const op = 'depthwiseConv2d';
    if (x.dtype !== kernel.dtype) return problem('dtypes-differ', { op, a: x.dtype, b: kernel.dtype });
    if (strides[0] !== strides[1]) return problem('strides-differ', { strides });
    const [batch = 0, , , channels] = x.shape;
    const [height, width, input = 0, multiplier = 0] = kernel.shape;
    if (input !== channels) {
      return problem('channels-differ', { input: formatShape(x.shape), kernel: formatShape(kernel.shape) });
    }
    const size = slideWindow(x.shape.slice(1, 3), { size: [Number(height), Number(width)], strides, padding });
    if (isProblem(size)) return size;
    return { y: { dtype: x.dtype, shape: [batch, ...size, multiplyDims(input, multiplier)] } };
  },
  gradient: (g, { x, kernel }, { attrs, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const [height = 0, width = 0] = kernel.type.shape;
    const inputSize = x.type.shape.slice(1, 3);
    return {
      x: g.value('depthwiseConv2dBackpropInput', { dy, kernel }, { ...attrs, inputSize }),
      kernel: g.value('depthwiseConv2dBackpropFilter', { x, dy }, { ...attrs, kernelSize: [height, width] }),
    };
  },
  eachRow: true,
  cost: ({ kernel }, { y }) => ({
    flops: multiplyDims(sizeOf(y.shape), multiplyDims(2, sizeOf(kernel.shape.slice(0, 2)))),
  }),
  tensorflow: (b, { x, kernel }, { attrs, inputTypes, target }) => {
    const size = inputTypes.kernel.shape.slice(0, 2).map(Number);
    const window = convolutionAttributes({ ...attrs, size }, { images: inputTypes.x.shape, target });
    const more = { ...window, dilations: { ints: [1, 1, 1, 1] } };
    return { y: b.node('DepthwiseConv2dNative', [x, kernel], typeOf(x, more)) };
  },
  // A convolution in as many groups as there are channels.
  onnx: (b, { x, kernel }, { attrs, inputTypes }) => {
    const [height = 1, width = 1, channels = 1, multiplier = 1] = inputTypes.kernel.shape.map(Number);
    const nchw = transposeOnnx(b, x, toChannelsFirst);
    const shape = indexVectorOnnx(b, [channels * multiplier, 1, height, width]);
    const grouped = b.node('Reshape', [transposeOnnx(b, kernel, [2, 3, 0, 1]), shape]);
    const more = { ...windowAttributesOnnx({ ...attrs, size: [height, width] }), group: { i: channels } };
    return { y: transposeOnnx(b, b.node('Conv', [nchw, grouped], { attrs: more }), toChannelsLast) };
  },
  tfjs: (tf, { x, kernel }, { attrs }) => {
    const padding = convolutionPadding(x, { ...attrs, size: kernel.shape.slice(0, 2) });
    return { y: tf.depthwiseConv2d(fourAxes(x), fourAxes(kernel), pair(attrs.strides), padding, 'NHWC') };
  },
  samples: [
    sample([2, 6, 5, 3], [3, 3, 3, 1], {}),
    sample([2, 6, 5, 3], [3, 2, 3, 2], { padding: 'same' }),
    sample([2, 7, 6, 2], [3, 3, 2, 3], { padding: 'same', strides: [2, 2] }),
    sample([1, 7, 8, 1], [2, 3, 1, 2], { strides: [2, 2] }),
    sample([1, 6, 6, 2], [1, 3, 2, 1], { padding: 'same', strides: [2, 2] }),
  ],
});
