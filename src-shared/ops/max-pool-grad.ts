import type { Tensor } from '@tensorflow/tfjs-core';
import { problem } from '../problem';
import { defineOp } from './define-op';
import { formatShape, sameShape } from './dims';
import { typeOf, windowAttributes } from './emit/tensorflow-node';
import { pair } from './emit/tfjs-window';
import { noFlops } from './shapes/elementwise';

type Attrs = {
  readonly poolSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid';
};

/** Sends each dy to the place its window's largest value came from. */
export const maxPoolGrad = defineOp({
  name: 'maxPoolGrad',
  inputs: ['x', 'y', 'dy'],
  outputs: ['dx'],
  inferShape: ({ x, y, dy }, _attrs: Attrs) =>
    sameShape(y.shape, dy.shape)
      ? { dx: x }
      : problem('shapes-differ', { op: 'maxPoolGrad', a: formatShape(y.shape), b: formatShape(dy.shape) }),
  cost: noFlops,
  tensorflow: (b, { x, y, dy }, { attrs: { poolSize, strides, padding } }) => ({
    dx: b.node(
      'MaxPoolGrad',
      [x, y, dy],
      typeOf(x, { ...windowAttributes(strides, padding), ksize: { ints: [1, ...poolSize, 1] } }),
    ),
  }),
  onnx: 'training only',
  tfjs: (tf, { x, y, dy }, { attrs: { poolSize, strides, padding } }) => {
    // The kernel of the wasm backend (4.22) loses the gradients of windows without a positive number.
    if (tf.getBackend() === 'wasm') throw new Error("Kernel 'MaxPoolGrad' not registered for backend 'wasm'.");
    // tfjs exports the kernel, but no function for it.
    const attrs = { filterSize: pair(poolSize), strides: pair(strides), pad: padding };
    return { dx: tf.engine().runKernel<Tensor>('MaxPoolGrad', { dy, input: x, output: y }, attrs) };
  },
  samples: [
    {
      inputs: {
        x: {
          shape: [2, 2, 4, 1],
          fill: [1, 8, 3, 2, 5, 4, 7, 6, 16, 9, 14, 12, 13, 10, 11, 15],
          declared: ['batch', 2, 4, 1],
        },
        y: { shape: [2, 1, 2, 1], fill: [8, 7, 16, 15], declared: ['batch', 1, 2, 1] },
        dy: { shape: [2, 1, 2, 1], declared: ['batch', 1, 2, 1] },
      },
      attrs: { poolSize: [2, 2], strides: [2, 2], padding: 'valid' },
    },
  ],
});
