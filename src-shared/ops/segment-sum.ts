import { problem } from '../problem';
import { defineOp } from './define-op';
import { formatShape, isStatic, sameShape, sizeOf } from './dims';
import { typeOf } from './emit/tensorflow-node';
import { dtypeProblem, rankProblem } from './shapes/elementwise';
import { isFloat } from './tensor';

type Attrs = {
  /** How many rows the output has. */
  readonly rows: number;
};

/**
 * Row r of the output is the sum of the values whose index is r; rows that no index names are 0. It is a sparse
 * gradient with its duplicates combined: `values` are what `indices` [n] (int32) name, and `y` is [rows, …].
 */
export const segmentSum = defineOp({
  name: 'segmentSum',
  inputs: ['values', 'indices'],
  outputs: ['y'],
  inferShape: ({ values, indices }, { rows }: Attrs) => {
    if (!isFloat(values.dtype)) return dtypeProblem('segmentSum', values.dtype, 'float32');
    if (indices.dtype !== 'int32') return dtypeProblem('segmentSum', indices.dtype, 'int32');
    if (indices.shape.length !== 1) return rankProblem('segmentSum', { shape: indices.shape, expected: 1 });
    const [count, ...row] = values.shape;
    if (count === undefined || !sameShape([count], indices.shape)) {
      const shapes = { a: formatShape(values.shape), b: formatShape(indices.shape) };
      return problem('shapes-differ', { op: 'segmentSum', ...shapes });
    }
    if (!isStatic(row)) return rankProblem('segmentSum', { shape: values.shape, expected: '[n, …]' });
    return { y: { dtype: values.dtype, shape: [rows, ...row] } };
  },
  gradient: (g, { indices }, { dOutputs: { y: dy } }) =>
    dy ? { values: g.value('gather', { x: dy, indices }, { axis: 0 }) } : {},
  cost: ({ values }) => ({ flops: sizeOf(values.shape) }),
  tensorflow: (b, { values, indices }, { attrs: { rows } }) => ({
    y: b.node(
      'UnsortedSegmentSum',
      [values, indices, b.constant([rows], 'int32', [])],
      typeOf(values, { Tindices: { type: 'int32' }, Tnumsegments: { type: 'int32' } }),
    ),
  }),
  onnx: 'training only',
  tfjs: (tf, { values, indices }, { attrs: { rows } }) => {
    const places = tf.cast(tf.expandDims(indices, 1), 'int32');
    return { y: tf.scatterND(places, values, [rows, ...values.shape.slice(1)]) };
  },
  samples: [
    {
      inputs: {
        values: { shape: [4, 2], declared: ['batch', 2] },
        indices: { dtype: 'int32', shape: [4], fill: [3, 0, 3, 1], declared: ['batch'] },
      },
      attrs: { rows: 5 },
    },
    {
      inputs: {
        values: { shape: [3, 2, 2] },
        indices: { dtype: 'int32', shape: [3], fill: [1, 1, 1] },
      },
      attrs: { rows: 2 },
    },
    {
      inputs: { values: { shape: [3] }, indices: { dtype: 'int32', shape: [3], fill: [0, 2, 0] } },
      attrs: { rows: 3 },
    },
  ],
});
