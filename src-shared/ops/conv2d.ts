import { isProblem, problem } from '../problem';
import { defineOp, type Sample } from './define-op';
import { formatShape, multiplyDims, sizeOf } from './dims';
import { toChannelsFirst, toChannelsLast, transposeOnnx, windowAttributesOnnx } from './emit/onnx-node';
import { convolutionAttributes, typeOf } from './emit/tensorflow-node';
import { convolutionPadding, fourAxes, pair } from './emit/tfjs-window';
import type { Value } from './program';
import type { ProgramBuilder } from './program-builder';
import { rankProblem } from './shapes/elementwise';
import { slideWindow, windowPadding } from './shapes/window';

type Attrs = {
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid';
  readonly dilations: readonly number[];
};

function sample(x: readonly number[], kernel: readonly number[], more: Partial<Attrs>): Sample {
  const attrs = { strides: [1, 1], padding: 'valid', dilations: [1, 1], ...more };
  return { inputs: { x: { shape: x, declared: ['batch', ...x.slice(1)] }, kernel: { shape: kernel } }, attrs };
}

/**
 * Cross-correlation of images `x` [batch, height, width, in] with `kernel` [height, width, in, out]:
 * y[n, i, j, o] = Σ x[n, i·s + u·d, j·s + v·d, c] · kernel[u, v, c, o].
 */
export const conv2d = defineOp({
  name: 'conv2d',
  inputs: ['x', 'kernel'],
  outputs: ['y'],
  inferShape: ({ x, kernel }, { strides, padding, dilations }: Attrs) => {
    if (x.shape.length !== 4) return rankProblem('conv2d', { shape: x.shape, expected: 4 });
    if (kernel.shape.length !== 4) return rankProblem('conv2d', { shape: kernel.shape, expected: 4 });
    if (x.dtype !== kernel.dtype) return problem('dtypes-differ', { op: 'conv2d', a: x.dtype, b: kernel.dtype });
    const [batch = 0, , , channels] = x.shape;
    const [height, width, input, filters = 0] = kernel.shape;
    if (input !== channels) {
      return problem('channels-differ', { input: formatShape(x.shape), kernel: formatShape(kernel.shape) });
    }
    const size = slideWindow(x.shape.slice(1, 3), {
      size: [Number(height), Number(width)],
      strides,
      padding,
      dilations,
    });
    return isProblem(size) ? size : { y: { dtype: x.dtype, shape: [batch, ...size, filters] } };
  },
  gradient: (g, { x, kernel }, { attrs, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const { dilations, ...window } = attrs;
    if (dilations.some((n) => n > 1)) return dilatedGradient(g, { x, kernel, dy }, attrs);
    const [height = 0, width = 0] = kernel.type.shape;
    return {
      x: g.value('conv2dBackpropInput', { dy, kernel }, { ...window, inputSize: x.type.shape.slice(1, 3) }),
      kernel: g.value('conv2dBackpropFilter', { x, dy }, { ...window, kernelSize: [height, width] }),
    };
  },
  eachRow: true,
  cost: ({ kernel }, { y }) => ({
    flops: multiplyDims(sizeOf(y.shape), multiplyDims(2, sizeOf(kernel.shape.slice(0, 3)))),
  }),
  tensorflow: (b, { x, kernel }, { attrs, inputTypes, target }) => {
    const size = inputTypes.kernel.shape.slice(0, 2).map(Number);
    const window = convolutionAttributes({ ...attrs, size }, { images: inputTypes.x.shape, target });
    const more = { ...window, dilations: { ints: [1, ...attrs.dilations, 1] } };
    return { y: b.node('Conv2D', [x, kernel], typeOf(x, more)) };
  },
  onnx: (b, { x, kernel }, { attrs, inputTypes }) => {
    const window = { ...attrs, size: inputTypes.kernel.shape.slice(0, 2).map(Number) };
    const nchw = transposeOnnx(b, x, toChannelsFirst);
    const oihw = transposeOnnx(b, kernel, [3, 2, 0, 1]);
    const more = { ...windowAttributesOnnx(window), dilations: { ints: attrs.dilations } };
    return { y: transposeOnnx(b, b.node('Conv', [nchw, oihw], { attrs: more }), toChannelsLast) };
  },
  tfjs: (tf, { x, kernel }, { attrs }) => {
    const padding = convolutionPadding(x, { ...attrs, size: kernel.shape.slice(0, 2) });
    const [strides, dilations] = [pair(attrs.strides), pair(attrs.dilations)];
    return { y: tf.conv2d(fourAxes(x), fourAxes(kernel), strides, padding, 'NHWC', dilations) };
  },
  samples: [
    sample([2, 6, 5, 3], [3, 3, 3, 4], {}),
    sample([2, 6, 5, 3], [3, 2, 3, 4], { padding: 'same' }),
    sample([2, 7, 6, 2], [3, 3, 2, 3], { padding: 'same', strides: [2, 2] }),
    sample([1, 7, 8, 1], [2, 3, 1, 2], { strides: [2, 1] }),
    sample([1, 6, 6, 1], [1, 3, 1, 2], { padding: 'same', strides: [2, 2] }),
    sample([1, 9, 8, 2], [3, 2, 2, 2], { padding: 'same', dilations: [2, 2] }),
  ],
});

/**
 * Runtimes have no gradient of a dilated convolution on processors, but both are convolutions themselves: dx is dy
 * with the kernel turned round; dkernel is x with dy as the kernel, images and channels changing places, where the
 * dilation becomes the stride.
 */
function dilatedGradient(g: ProgramBuilder, { x, kernel, dy }: Record<'x' | 'kernel' | 'dy', Value>, attrs: Attrs) {
  const size = kernel.type.shape.slice(0, 2).map(Number);
  const padding = windowPadding(x.type.shape.slice(1, 3).map(Number), { ...attrs, size });
  const reach = size.map((n, i) => (n - 1) * (attrs.dilations[i] ?? 1));
  const outer = padding.map(([before, after], i) => [(reach[i] ?? 0) - before, (reach[i] ?? 0) - after]);
  const pad = (images: Value, amounts: readonly (readonly number[])[]) =>
    g.value('pad', { x: images }, { paddings: [[0, 0], ...amounts, [0, 0]] });
  const turned = g.transpose(g.value('reverse', { x: kernel }, { axes: [0, 1] }), [0, 1, 3, 2]);
  const dkernel = g.value(
    'conv2d',
    { x: g.transpose(pad(x, padding), [3, 1, 2, 0]), kernel: g.transpose(dy, [1, 2, 0, 3]) },
    { strides: attrs.dilations, padding: 'valid', dilations: [1, 1] },
  );
  return {
    x: g.value('conv2d', { x: pad(dy, outer), kernel: turned }, { ...attrs, padding: 'valid' }),
    kernel: g.transpose(dkernel, [1, 2, 0, 3]),
  };
}
