import { problem } from '../problem';
import { defineOp } from './define-op';
import { formatShape } from './dims';
import { indexVectorOnnx } from './emit/onnx-node';
import { rowsInList } from './emit/tfjs-rows';
import { dtypeProblem, noFlops, rankProblem } from './shapes/elementwise';

/** Of each example's steps x [batch, steps, n], those that its own `indices` [batch, m] (int32) name: y [batch, m, n]. */
export const batchGather = defineOp({
  name: 'batchGather',
  inputs: ['x', 'indices'],
  outputs: ['y'],
  inferShape: ({ x, indices }) => {
    if (indices.dtype !== 'int32') return dtypeProblem('batchGather', indices.dtype, 'int32');
    const [batch, steps, size] = x.shape;
    if (x.shape.length !== 3 || batch === undefined || size === undefined || typeof steps !== 'number') {
      return rankProblem('batchGather', { shape: x.shape, expected: 3 });
    }
    const [rows, count] = indices.shape;
    if (indices.shape.length !== 2 || count === undefined) {
      return rankProblem('batchGather', { shape: indices.shape, expected: 2 });
    }
    if (rows === batch) return { y: { dtype: x.dtype, shape: [batch, count, size] } };
    return problem('shapes-differ', { op: 'batchGather', a: formatShape(x.shape), b: formatShape(indices.shape) });
  },
  gradient: (g, { x, indices }, { dOutputs: { y: dy } }) =>
    dy ? { x: g.value('batchGatherGrad', { dy, indices }, { steps: Number(x.type.shape[1]) }) } : {},
  cost: noFlops,
  tensorflow: (b, { x, indices }) => {
    const attrs = {
      Tparams: { type: x.dtype },
      Tindices: { type: 'int32' },
      Taxis: { type: 'int32' },
      batch_dims: { int: 1 },
    } as const;
    return { y: b.node('GatherV2', [x, indices, b.constant([1], 'int32', [])], { attrs }) };
  },
  onnx: (b, { x, indices }) => {
    const wide = b.node('Cast', [b.node('Unsqueeze', [indices, indexVectorOnnx(b, [2])])], {
      attrs: { to: { i: 7 } },
      dtype: 'int64',
    });
    return { y: b.node('GatherND', [x, wide], { attrs: { batch_dims: { i: 1 } } }) };
  },
  // The wasm backend of tfjs (4.22) takes the wrong slices where a gather has batches.
  tfjs: (tf, { x, indices }) => {
    const [batch = 0, steps = 0, size = 0] = x.shape;
    const taken = tf.gather(tf.reshape(x, [batch * steps, size]), rowsInList(tf, indices, steps));
    return { y: tf.reshape(taken, [batch, -1, size]) };
  },
  samples: [
    {
      inputs: {
        x: { shape: [2, 4, 3], declared: ['batch', 4, 3] },
        indices: { dtype: 'int32', shape: [2, 5], fill: [3, 1, 1, 0, 2, 0, 0, 0, 3, 1], declared: ['batch', 5] },
      },
    },
    { inputs: { x: { shape: [2, 2, 1] }, indices: { dtype: 'int32', shape: [2, 1], fill: [1, 0] } } },
  ],
});
