import { problem } from '../problem';
import { defineOp } from './define-op';
import { formatShape, sizeOf } from './dims';
import { reshapeTo } from './emit/tensorflow-batch-norm';
import { indexVector, typeOf } from './emit/tensorflow-node';
import { rowsInList } from './emit/tfjs-rows';
import { dtypeProblem, rankProblem } from './shapes/elementwise';
import type { TensorflowBuilder, TensorflowTensor } from './tensorflow-builder';

type Attrs = { readonly steps: number };

/** Sums dy [batch, m, n] back to the steps [batch, steps, n] that `batchGather` took them from. */
export const batchGatherGrad = defineOp({
  name: 'batchGatherGrad',
  inputs: ['dy', 'indices'],
  outputs: ['dx'],
  inferShape: ({ dy, indices }, { steps }: Attrs) => {
    if (indices.dtype !== 'int32') return dtypeProblem('batchGatherGrad', indices.dtype, 'int32');
    const [batch, count, size] = dy.shape;
    if (dy.shape.length !== 3 || batch === undefined || typeof size !== 'number') {
      return rankProblem('batchGatherGrad', { shape: dy.shape, expected: 3 });
    }
    const [rows, taken] = indices.shape;
    if (indices.shape.length !== 2 || rows !== batch || taken !== count) {
      return problem('shapes-differ', {
        op: 'batchGatherGrad',
        a: formatShape(dy.shape),
        b: formatShape(indices.shape),
      });
    }
    return { dx: { dtype: dy.dtype, shape: [batch, steps, size] } };
  },
  cost: ({ dy }) => ({ flops: sizeOf(dy.shape) }),
  tensorflow: (b, { dy, indices }, { attrs: { steps }, inputTypes }) => {
    const size = Number(inputTypes.dy.shape[2]);
    const { rows, offsets } = rowOffsets(b, indices, steps);
    const places = b.node('AddV2', [indices, offsets], typeOf(indices));
    const [values, flat] = [reshapeTo(b, dy, ['rows', size]), reshapeTo(b, places, ['rows'])];
    const types = { Tindices: { type: 'int32' }, Tnumsegments: { type: 'int32' } } as const;
    const sums = b.node('UnsortedSegmentSum', [values, flat, rows], typeOf(dy, types));
    return { dx: reshapeTo(b, sums, ['batch', steps, size]) };
  },
  onnx: 'training only',
  tfjs: (tf, { dy, indices }, { attrs: { steps } }) => {
    const [batch = 0, count = 0, size = 0] = dy.shape;
    const places = tf.expandDims(rowsInList(tf, indices, steps), 1);
    const sums = tf.scatterND(places, tf.reshape(dy, [batch * count, size]), [batch * steps, size]);
    return { dx: tf.reshape(sums, [batch, steps, size]) };
  },
  samples: [
    {
      inputs: {
        dy: { shape: [2, 3, 2], declared: ['batch', 3, 2] },
        indices: { dtype: 'int32', shape: [2, 3], fill: [3, 1, 1, 0, 0, 0], declared: ['batch', 3] },
      },
      attrs: { steps: 4 },
    },
  ],
});

/** Where each example's steps begin once all are in one list, as a column, and how long that list is. */
function rowOffsets(b: TensorflowBuilder, indices: TensorflowTensor, steps: number) {
  const int32 = { type: 'int32' } as const;
  const scalar = (value: number) => b.constant([value], 'int32', []);
  const shape = b.node('Shape', [indices], { ...typeOf(indices, { out_type: int32 }), dtype: 'int32' });
  const first = b.node('Slice', [shape, indexVector(b, [0]), indexVector(b, [1])], typeOf(shape, { Index: int32 }));
  const batch = b.node('Reshape', [first, indexVector(b, [])], typeOf(first, { Tshape: int32 }));
  const numbers = b.node('Range', [scalar(0), batch, scalar(1)], { attrs: { Tidx: int32 } });
  const starts = b.node('Mul', [numbers, scalar(steps)], typeOf(numbers));
  const rows = b.node('Mul', [batch, scalar(steps)], typeOf(batch));
  return { rows, offsets: b.node('ExpandDims', [starts, scalar(1)], typeOf(starts, { Tdim: int32 })) };
}
