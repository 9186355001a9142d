import type * as tfjs from '@tensorflow/tfjs-core';
import { isProblem, problem } from '../problem';
import { defineOp, type Sample } from './define-op';
import { formatShape, multiplyDims, sameShape, sizeOf } from './dims';
import { indexVector, typeOf, windowAttributes } from './emit/tensorflow-node';
import { fourAxes, pair } from './emit/tfjs-window';
import { rankProblem } from './shapes/elementwise';
import { slideWindow, windowPadding } from './shapes/window';

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

/** The gradient of `conv2d` without dilation with respect to its kernel: dk[u, v, c, o] = Σ x[n, i·s + u, j·s + v, c] · dy[n, i, j, o]. */
export const conv2dBackpropFilter = defineOp({
  name: 'conv2dBackpropFilter',
  inputs: ['x', 'dy'],
  outputs: ['dkernel'],
  inferShape: ({ x, dy }, { kernelSize, ...window }: Attrs) => {
    for (const { shape } of [x, dy]) {
      if (shape.length !== 4) return rankProblem('conv2dBackpropFilter', { shape, expected: 4 });
    }
    const size = slideWindow(x.shape.slice(1, 3), { ...window, size: kernelSize });
    if (isProblem(size)) return size;
    if (!sameShape(size, dy.shape.slice(1, 3))) {
      return problem('shapes-differ', { op: 'conv2dBackpropFilter', a: formatShape(size), b: formatShape(dy.shape) });
    }
    return { dkernel: { dtype: x.dtype, shape: [...kernelSize, x.shape[3] ?? 0, dy.shape[3] ?? 0] } };
  },
  gradient: (g, { x, dy }, { attrs: { kernelSize: _, ...attrs }, dOutputs: { dkernel } }) =>
    dkernel
      ? {
          x: g.value('conv2dBackpropInput', { dy, kernel: dkernel }, { ...attrs, inputSize: x.type.shape.slice(1, 3) }),
          dy: g.value('conv2d', { x, kernel: dkernel }, { ...attrs, dilations: [1, 1] }),
        }
      : {},
  cost: ({ x, dy }, _outputs, { kernelSize }) => ({
    flops: multiplyDims(sizeOf(dy.shape), multiplyDims(2, sizeOf([...kernelSize, x.shape[3] ?? 0]))),
  }),
  tensorflow: (b, { x, dy }, { attrs: { strides, padding }, outputs: { dkernel } }) => {
    const attrs = windowAttributes(strides, padding);
    return {
      dkernel: b.node('Conv2DBackpropFilter', [x, indexVector(b, dkernel.shape.map(Number)), dy], typeOf(x, attrs)),
    };
  },
  onnx: 'training only',
  tfjs: (tf, { x, dy }, { attrs, outputs: { dkernel } }) => {
    const filterShape = dkernel.shape.map(Number);
    if (tf.getBackend() === 'wasm') return { dkernel: asConvolution(tf, { x, dy, filterShape }, attrs) };
    // tfjs exports the kernel, but no function for it.
    const options = { strides: pair(attrs.strides), pad: attrs.padding, dataFormat: 'NHWC', filterShape };
    return { dkernel: tf.engine().runKernel<tfjs.Tensor>('Conv2DBackpropFilter', { x, dy }, options) };
  },
  samples: [
    sample([2, 6, 5, 3], [2, 4, 3, 4], { kernelSize: [3, 3] }),
    sample([2, 6, 5, 3], [2, 6, 5, 2], { kernelSize: [3, 2], padding: 'same' }),
    sample([2, 7, 6, 2], [2, 4, 3, 3], { kernelSize: [3, 3], padding: 'same', strides: [2, 2] }),
    sample([1, 7, 8, 1], [1, 3, 6, 2], { kernelSize: [2, 3], strides: [2, 1] }),
  ],
});

/**
 * tfjs' wasm backend lacks the kernel. The same sum is a convolution of x with dy as its kernel, images and channels
 * changing places, where the stride becomes a dilation.
 */
function asConvolution(
  tf: typeof tfjs,
  { x, dy, filterShape }: { x: tfjs.Tensor; dy: tfjs.Tensor; filterShape: readonly number[] },
  { strides, padding, kernelSize }: Attrs,
): tfjs.Tensor {
  const around = windowPadding(x.shape.slice(1, 3), { size: kernelSize, strides, padding });
  const padded = tf.transpose(tf.pad(x, [[0, 0], ...around, [0, 0]]), [3, 1, 2, 0]);
  const kernel = tf.transpose(dy, [1, 2, 0, 3]);
  const all = tf.conv2d(fourAxes(padded), fourAxes(kernel), 1, 'valid', 'NHWC', pair(strides));
  return tf.slice(tf.transpose(all, [1, 2, 0, 3]), [0, 0, 0, 0], [...filterShape]);
}
