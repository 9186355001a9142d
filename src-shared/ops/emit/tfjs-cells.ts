import type * as tfjs from '@tensorflow/tfjs-core';
import type { CellArithmetic, StepArithmetic } from './cell-arithmetic';
import { unroll } from './unroll';

/** The arithmetic of cells with tfjs. */
export function tfjsCells(tf: typeof tfjs): CellArithmetic<tfjs.Tensor> {
  const arithmetic: StepArithmetic<tfjs.Tensor> = {
    add: (a, b) => tf.add(a, b),
    subtract: (a, b) => tf.sub(a, b),
    multiply: (a, b) => tf.mul(a, b),
    sigmoid: (x) => tf.sigmoid(x),
    tanh: (x) => tf.tanh(x),
    complement: (x) => tf.sub(1, x),
    matMul: (a, b, turned = {}) => tf.matMul(a, b, turned.a ?? false, turned.b ?? false),
    split: (x, count) => tf.split(x, count, -1),
    join: (xs) => tf.concat([...xs], -1),
    unstack: (x) => tf.unstack(x),
    stack: (xs) => tf.stack([...xs]),
    flatten: (x, size) => tf.reshape(x, [-1, size]),
    unflatten: (x, { time, size }) => tf.reshape(x, [time, -1, size]),
    sumRows: (x) => tf.sum(x, 0),
    zeroState: (x, units) => tf.zeros([x.shape[1] ?? 0, units], x.dtype),
    delay: (x, time) => {
      const none: [number, number] = [0, 0];
      return tf.slice(tf.pad(x, [[1, 0], none, none]), [0, 0, 0], [time, -1, -1]);
    },
  };
  return { ...arithmetic, scan: (cell) => unroll(arithmetic, cell) };
}
