import type * as tfjs from '@tensorflow/tfjs-core';
import { isProblem, problem } from '../problem';
import { defineOp, type Sample } from './define-op';
import { type Dim, formatShape, multiplyDims, sameShape, sizeOf } from './dims';
import { imageSizes, typeOf, windowAttributes } from './emit/tensorflow-node';
import { pair } from './emit/tfjs-window';
import { rankProblem } from './shapes/elementwise';
import { slideWindow } from './shapes/window';

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
 * The gradient of `depthwiseConv2d` with respect to its images:
 * dx[n, p, q, c] = Σ dy[n, i, j, c·m + r] · kernel[u, v, c, r] over all i·s + u = p, j·s + v = q (padding aside).
 */
export const depthwiseConv2dBackpropInput = defineOp({
  name: 'depthwiseConv2dBackpropInput',
  inputs: ['dy', 'kernel'],
  outputs: ['dx'],
  inferShape: ({ dy, kernel }, { inputSize, ...window }: Attrs) => {
    for (const { shape } of [dy, kernel]) {
      if (shape.length !== 4) return rankProblem('depthwiseConv2dBackpropInput', { shape, expected: 4 });
    }
    const [height, width, channels = 0, multiplier = 0] = kernel.shape;
    const size = slideWindow(inputSize, { ...window, size: [Number(height), Number(width)] });
    if (isProblem(size)) return size;
    if (multiplyDims(channels, multiplier) === dy.shape[3] && sameShape(size, dy.shape.slice(1, 3))) {
      return { dx: { dtype: dy.dtype, shape: [dy.shape[0] ?? 0, ...inputSize, channels] } };
    }
    return problem('channels-differ', { input: formatShape(dy.shape), kernel: formatShape(kernel.shape) });
  },
  eachRow: true,
  cost: ({ dy, kernel }) => ({
    flops: multiplyDims(sizeOf(dy.shape), multiplyDims(2, sizeOf(kernel.shape.slice(0, 2)))),
  }),
  tensorflow: (b, { dy, kernel }, { attrs: { strides, padding }, outputs: { dx } }) => {
    const attrs = { ...windowAttributes(strides, padding), dilations: { ints: [1, 1, 1, 1] } };
    const inputs = [imageSizes(b, dy, dx.shape.slice(1).map(Number)), kernel, dy];
    return { dx: b.node('DepthwiseConv2dNativeBackpropInput', inputs, { ...typeOf(dy, attrs), dtype: dy.dtype }) };
  },
  onnx: 'training only',
  tfjs: (tf, { dy, kernel }, { attrs: { strides, padding }, outputs: { dx } }) => {
    const inputShape = [dy.shape[0] ?? 0, ...dx.shape.slice(1).map(Number)];
    // tfjs exports the kernel, but no function for it.
    const options = { strides: pair(strides), dilations: [1, 1], pad: padding, inputShape };
    const inputs = { dy, filter: kernel };
    return { dx: tf.engine().runKernel<tfjs.Tensor>('DepthwiseConv2dNativeBackpropInput', inputs, options) };
  },
  samples: [
    sample([2, 4, 3, 3], [3, 3, 3, 1], { inputSize: [6, 5] }),
    sample([2, 6, 5, 6], [3, 2, 3, 2], { inputSize: [6, 5], padding: 'same' }),
    sample([2, 4, 3, 6], [3, 3, 2, 3], { inputSize: [7, 6], padding: 'same', strides: [2, 2] }),
    sample([1, 3, 3, 2], [2, 3, 1, 2], { inputSize: [7, 8], strides: [2, 2] }),
  ],
});
