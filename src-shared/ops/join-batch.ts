import { problem } from '../problem';
import { defineOp } from './define-op';
import { floorDivideDim, formatShape, multiplyDims, sameShape } from './dims';
import { rowsBetween, rowsOfFirstNodes } from './emit/tensorflow-halves';
import { indexVector, typeOf } from './emit/tensorflow-node';
import { checkAxes } from './shapes/axes';
import { type BatchAxis, halves, replaceAxis, rowsOfFirst } from './shapes/batch-halves';
import { noFlops } from './shapes/elementwise';

/** `axis` and `each` of the halves, and those of the whole batch that is given for its size. */
type Attrs = BatchAxis & { readonly wholeAxis: number; readonly wholeEach: number };

/**
 * The whole batch of the two halves that `splitBatch` makes. `whole` is any value with the whole batch: of its size
 * alone can be told whether an example is there for itself or because no half is empty.
 */
export const joinBatch = defineOp({
  name: 'joinBatch',
  inputs: ['first', 'second', 'whole'],
  outputs: ['y'],
  inferShape: ({ first, second, whole }, { axis, each, wholeAxis, wholeEach }: Attrs) => {
    const bad = checkAxes('joinBatch', first.shape, [axis]) ?? checkAxes('joinBatch', whole.shape, [wholeAxis]);
    if (bad) return bad;
    const size = multiplyDims(each, floorDivideDim(whole.shape[wholeAxis] ?? 0, wholeEach));
    const shape = replaceAxis(first.shape, axis, size);
    const [half, rest] = halves(size, each);
    const areHalves =
      sameShape(first.shape, replaceAxis(shape, axis, half)) && sameShape(second.shape, replaceAxis(shape, axis, rest));
    if (areHalves && first.dtype === second.dtype) return { y: { dtype: first.dtype, shape } };
    return problem('shapes-differ', { op: 'joinBatch', a: formatShape(first.shape), b: formatShape(second.shape) });
  },
  gradient: (g, _inputs, { attrs: { axis, each }, dOutputs: { y: dy } }) =>
    dy ? g.op('splitBatch', { x: dy }, { axis, each, zeroExtra: true }) : {},
  cost: noFlops,
  tensorflow: (b, { first, second, whole }, { attrs: { axis, each, wholeAxis, wholeEach }, inputTypes }) => {
    const { own } = rowsOfFirstNodes(b, whole, { axis: wholeAxis, each: wholeEach });
    const examples = b.node('FloorDiv', [own, indexVector(b, [wholeEach])], typeOf(own));
    const count = b.node('Mul', [examples, indexVector(b, [each])], typeOf(own));
    const kept = rowsBetween(b, first, { axis, rank: inputTypes.first.shape.length, count });
    return {
      y: b.node('ConcatV2', [kept, second, b.constant([axis], 'int32', [])], {
        ...typeOf(first, { N: { int: 2 }, Tidx: { type: 'int32' } }),
        dtype: first.dtype,
      }),
    };
  },
  onnx: 'training only',
  tfjs: (tf, { first, second, whole }, { attrs: { axis, each, wholeAxis, wholeEach } }) => {
    const { own } = rowsOfFirst(whole.shape[wholeAxis] ?? 0, wholeEach);
    const size = replaceAxis(first.shape, axis, (own / wholeEach) * each);
    return { y: tf.concat([tf.slice(first, new Array<number>(first.rank).fill(0), size), second], axis) };
  },
  samples: [
    {
      inputs: {
        first: { shape: [2, 3] },
        second: { shape: [3, 3] },
        whole: { shape: [5], dtype: 'int32', fill: [1, 2, 3, 4, 5] },
      },
      attrs: { axis: 0, each: 1, wholeAxis: 0, wholeEach: 1 },
    },
    {
      inputs: { first: { shape: [2, 4] }, second: { shape: [2, 6] }, whole: { shape: [3, 5] } },
      attrs: { axis: 1, each: 2, wholeAxis: 1, wholeEach: 1 },
    },
  ],
});
