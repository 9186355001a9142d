import type * as tfjs from '@tensorflow/tfjs-core';

/** Indices [batch, m] into each example's steps, as indices [batch · m] into the steps of all examples in one list. */
export function rowsInList(tf: typeof tfjs, indices: tfjs.Tensor, steps: number): tfjs.Tensor1D {
  const [batch = 0, count = 0] = indices.shape;
  const starts = tf.mul(tf.reshape(tf.range(0, batch, 1, 'int32'), [batch, 1]), tf.scalar(steps, 'int32'));
  return tf.cast(tf.reshape(tf.add(tf.cast(indices, 'int32'), starts), [batch * count]), 'int32');
}
