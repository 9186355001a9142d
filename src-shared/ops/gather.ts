import { fail } from '../problem';
import { defineOp } from './define-op';
import { isStatic, sizeOf } from './dims';
import { checkAxes } from './shapes/axes';
import { dtypeProblem, noFlops } from './shapes/elementwise';

type Attrs = { readonly axis: number };

/** The slices of x that `indices` (int32) name along an axis: rows of a table, words of an embedding. */
export const gather = defineOp({
  name: 'gather',
  inputs: ['x', 'indices'],
  outputs: ['y'],
  inferShape: ({ x, indices }, { axis }: Attrs) => {
    if (indices.dtype !== 'int32') return dtypeProblem('gather', indices.dtype, 'int32');
    const bad = checkAxes('gather', x.shape, [axis]);
    if (bad) return bad;
    const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
    return { y: { dtype: x.dtype, shape } };
  },
  // Each slice of dx is the sum of the dy that were taken from it; the axis goes to the front for that.
  gradient: (g, { x, indices }, { attrs: { axis }, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const rows = x.type.shape[axis];
    if (typeof rows !== 'number') return fail('no-gradient', { op: 'gather' });
    const [before, after] = [x.type.shape.slice(0, axis), x.type.shape.slice(axis + 1)];
    const count = sizeOf(indices.type.shape);
    const flat = g.reshape(indices, [count]);
    if (axis === 0)
      return { x: g.value('segmentSum', { values: g.reshape(dy, [count, ...after]), indices: flat }, { rows }) };
    if (!isStatic(before) || !isStatic(after)) return fail('no-gradient', { op: 'gather' });
    const values = g.transpose(g.reshape(dy, [sizeOf(before), count, sizeOf(after)]), [1, 0, 2]);
    const sums = g.value('segmentSum', { values, indices: flat }, { rows });
    return { x: g.reshape(g.transpose(sums, [1, 0, 2]), x.type.shape) };
  },
  cost: noFlops,
  tensorflow: (b, { x, indices }, { attrs: { axis } }) => {
    const attrs = {
      Tparams: { type: x.dtype },
      Tindices: { type: indices.dtype },
      Taxis: { type: 'int32' },
      batch_dims: { int: 0 },
    } as const;
    return { y: b.node('GatherV2', [x, indices, b.constant([axis], 'int32', [])], { attrs }) };
  },
  onnx: (b, { x, indices }, { attrs: { axis } }) => ({
    y: b.node('Gather', [x, indices], { attrs: { axis: { i: axis } } }),
  }),
  tfjs: (tf, { x, indices }, { attrs: { axis } }) => ({ y: tf.gather(x, tf.cast(indices, 'int32'), axis) }),
  samples: [
    {
      inputs: { x: { shape: [5, 2] }, indices: { dtype: 'int32', shape: [3], fill: [4, 0, 4], declared: ['batch'] } },
      attrs: { axis: 0 },
    },
    {
      inputs: { x: { shape: [2, 4, 3] }, indices: { dtype: 'int32', shape: [2, 2], fill: [1, 3, 0, 1] } },
      attrs: { axis: 1 },
    },
    { inputs: { x: { shape: [4] }, indices: { dtype: 'int32', shape: [], fill: [2] } }, attrs: { axis: 0 } },
  ],
});
