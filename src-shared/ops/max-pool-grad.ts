import type * as tfjs from '@tensorflow/tfjs-core';
import { problem } from '../problem';
import { defineOp } from './define-op';
import { formatShape, multiplyDims, sameShape, sizeOf } from './dims';
import { typeOf, windowAttributes } from './emit/tensorflow-node';
import { pair } from './emit/tfjs-window';

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
  // The kernel finds the places again: each window's largest value and, as int64, where it was.
  cost: ({ y }) => ({ flops: 0, scratch: multiplyDims(4 + 8, sizeOf(y.shape)) }),
  tensorflow: (b, { x, y, dy }, { attrs: { poolSize, strides, padding } }) => ({
    dx: b.node(
      'MaxPoolGrad',
      [x, y, dy],
      typeOf(x, { ...windowAttributes(strides, padding), ksize: { ints: [1, ...poolSize, 1] } }),
    ),
  }),
  onnx: 'training only',
  tfjs: (tf, { x, y, dy }, { attrs: { poolSize, strides, padding } }) => {
    if (tf.getBackend() === 'wasm') return { dx: onWasm(tf, { x, dy }, { poolSize, strides, padding }) };
    // tfjs exports the kernel, but no function for it.
    const attrs = { filterSize: pair(poolSize), strides: pair(strides), pad: padding };
    return { dx: tf.engine().runKernel<tfjs.Tensor>('MaxPoolGrad', { dy, input: x, output: y }, attrs) };
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

/**
 * The kernel of tfjs' wasm backend (4.22) loses the gradients of windows without a positive number. Where windows do
 * not overlap, each becomes a row, and dy stands where the row is largest (the first of equals).
 */
function onWasm(
  tf: typeof tfjs,
  { x, dy }: { readonly x: tfjs.Tensor; readonly dy: tfjs.Tensor },
  { poolSize, strides, padding }: Attrs,
): tfjs.Tensor {
  const [high = 1, wide = 1] = poolSize;
  const [n = 0, height = 0, width = 0, channels = 0] = x.shape;
  const [, rows = 0, columns = 0] = dy.shape;
  const isTiled = padding === 'valid' && high === strides[0] && wide === strides[1];
  // The runner goes on with the next backend when a kernel is missing.
  if (!isTiled) throw new Error("Kernel 'MaxPoolGrad' not registered for backend 'wasm'.");
  const covered = tf.slice(x, [0, 0, 0, 0], [n, rows * high, columns * wide, channels]);
  const tiles = tf.transpose(tf.reshape(covered, [n, rows, high, columns, wide, channels]), [0, 1, 3, 5, 2, 4]);
  const largest = tf.argMax(tf.reshape(tiles, [-1, high * wide]), 1);
  const mask = tf.cast(tf.oneHot(tf.cast(largest, 'int32'), high * wide), 'float32');
  const spread = tf.reshape(tf.mul(mask, tf.reshape(dy, [-1, 1])), [n, rows, columns, channels, high, wide]);
  const dx = tf.reshape(tf.transpose(spread, [0, 1, 4, 2, 5, 3]), covered.shape);
  return tf.pad(dx, [
    [0, 0],
    [0, height - rows * high],
    [0, width - columns * wide],
    [0, 0],
  ]);
}
