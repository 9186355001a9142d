import type * as tfjs from '@tensorflow/tfjs-core';
import { isProblem, problem } from '../problem';
import { defineOp, type Sample } from './define-op';
import { type Dim, formatShape, multiplyDims, sameShape, sizeOf } from './dims';
import { indexVector, typeOf, windowAttributes } from './emit/tensorflow-node';
import { pair } from './emit/tfjs-window';
import { rankProblem } from './shapes/elementwise';
import { slideWindow } from './shapes/window';

type Attrs = {
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid';
  readonly kernelSize: readonly number[];
};

function sample(x: readonly number[], dy: readonly number[], more: Partial<Attrs>): Sample {
  const attrs = { strides: [1, 1], padding: 'valid', kernelSize: [], ...more };
  const declared = (shape: readonly number[]) => ({ shape, declared: ['batch', ...shape.slice(1)] });
  return { inputs: { x: declared(x), dy: declared(dy) }, attrs };
}

/**
 * The gradient of `depthwiseConv2d` with respect to its kernel:
 * dk[u, v, c, q] = Σ x[n, i·s + u, j·s + v, c] · dy[n, i, j, c·m + q].
 */
export const depthwiseConv2dBackpropFilter = defineOp({
  name: 'depthwiseConv2dBackpropFilter',
  inputs: ['x', 'dy'],
  outputs: ['dkernel'],
  inferShape: ({ x, dy }, { kernelSize, ...window }: Attrs) => {
    const op = 'depthwiseConv2dBackpropFilter';
    for (const { shape } of [x, dy]) if (shape.length !== 4) return rankProblem(op, { shape, expected: 4 });
    const size = slideWindow(x.shape.slice(1, 3), { ...window, size: kernelSize });
    if (isProblem(size)) return size;
    const multiplier = ratio(dy.shape[3], x.shape[3]);
    if (multiplier === undefined || !sameShape(size, dy.shape.slice(1, 3))) {
      return problem('shapes-differ', { op, a: formatShape(x.shape), b: formatShape(dy.shape) });
    }
    return { dkernel: { dtype: x.dtype, shape: [...kernelSize, x.shape[3] ?? 0, multiplier] } };
  },
  cost: ({ dy }, _outputs, { kernelSize }) => ({
    flops: multiplyDims(sizeOf(dy.shape), multiplyDims(2, sizeOf(kernelSize))),
  }),
  tensorflow: (b, { x, dy }, { attrs: { strides, padding }, outputs: { dkernel } }) => {
    const attrs = { ...windowAttributes(strides, padding), dilations: { ints: [1, 1, 1, 1] } };
    const inputs = [x, indexVector(b, dkernel.shape.map(Number)), dy];
    return { dkernel: b.node('DepthwiseConv2dNativeBackpropFilter', inputs, typeOf(x, attrs)) };
  },
  onnx: 'training only',
  tfjs: (tf, { x, dy }, { attrs: { strides, padding }, outputs: { dkernel } }) => {
    const filterShape = dkernel.shape.map(Number);
    // tfjs exports the kernel, but no function for it.
    const options = { strides: pair(strides), dilations: [1, 1], pad: padding, filterShape };
    return { dkernel: tf.engine().runKernel<tfjs.Tensor>('DepthwiseConv2dNativeBackpropFilter', { x, dy }, options) };
  },
  samples: [
    sample([2, 6, 5, 3], [2, 4, 3, 3], { kernelSize: [3, 3] }),
    sample([2, 6, 5, 3], [2, 6, 5, 6], { kernelSize: [3, 2], padding: 'same' }),
    sample([2, 7, 6, 2], [2, 4, 3, 6], { kernelSize: [3, 3], padding: 'same', strides: [2, 2] }),
    sample([1, 7, 8, 1], [1, 3, 3, 2], { kernelSize: [2, 3], strides: [2, 2] }),
  ],
});

/** How many filters each channel has; undefined where that is no whole number. */
function ratio(outputs: Dim | undefined, channels: Dim | undefined): number | undefined {
  const multiplier = Number(outputs) / Number(channels);
  return Number.isInteger(multiplier) && multiplier > 0 ? multiplier : undefined;
}
