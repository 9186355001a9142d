import type { Tensor } from '@tensorflow/tfjs-core';
import { defineOp } from './define-op';
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
  inferShape: ({ x }, _attrs: Attrs) => ({ dx: x }),
  cost: noFlops,
  tensorflow: (b, { x, y, dy }, { attrs: { poolSize, strides, padding } }) => ({
    dx: b.node(
      'MaxPoolGrad',
      [x, y, dy],
      typeOf(x, { ...windowAttributes(strides, padding), ksize: { ints: [1, ...poolSize, 1] } }),
    ),
  }),
  onnx: 'training only',
  tfjs: (tf, { x, y, dy }, { attrs: { poolSize, strides, padding } }) => ({
    // tfjs exports the kernel, but no function for it.
    dx: tf
      .engine()
      .runKernel<Tensor>(
        'MaxPoolGrad',
        { dy, input: x, output: y },
        { filterSize: pair(poolSize), strides: pair(strides), pad: padding },
      ),
  }),
  samples: [],
});
