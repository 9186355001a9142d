import { defineOp } from './define-op';
import type { Shape } from './dims';
import { rowsBetween, rowsOfFirstNodes } from './emit/tensorflow-halves';
import { typeOf } from './emit/tensorflow-node';
import { checkAxes } from './shapes/axes';
import { type BatchAxis, halves, replaceAxis, rowsOfFirst } from './shapes/batch-halves';
import { noFlops } from './shapes/elementwise';
import { isFloat } from './tensor';

/** `zeroExtra`: the example that a half has only so that it has one is 0. */
type Attrs = BatchAxis & { readonly zeroExtra: boolean };

/**
 * The examples of a batch in two halves, the first of them rounded down. `axis` is that of the batch, `each` how many
 * rows of it belong to one example. No half is empty: a batch of one is in both. `joinBatch` takes no notice of it in
 * the first, and gives it a gradient of 0.
 */
export const splitBatch = defineOp({
  name: 'splitBatch',
  inputs: ['x'],
  outputs: ['first', 'second'],
  inferShape: ({ x }, { axis, each }: Attrs) => {
    const bad = checkAxes('splitBatch', x.shape, [axis]);
    if (bad) return bad;
    const [first, second] = halves(x.shape[axis] ?? 0, each);
    const of = (size: Shape[number]) => ({ dtype: x.dtype, shape: replaceAxis(x.shape, axis, size) });
    return { first: of(first), second: of(second) };
  },
  gradient: (g, { x }, { attrs: { axis, each }, outputs, dOutputs }) => {
    const or = (given: typeof x | undefined, output: typeof x) =>
      given ?? g.broadcastLike(g.constant(0, output.type.dtype), output);
    const [first, second] = [or(dOutputs.first, outputs.first), or(dOutputs.second, outputs.second)];
    return { x: g.value('joinBatch', { first, second, whole: x }, { axis, each, wholeAxis: axis, wholeEach: each }) };
  },
  cost: noFlops,
  tensorflow: (b, { x }, { attrs, inputTypes }) => {
    const { axis, zeroExtra } = attrs;
    const rank = inputTypes.x.shape.length;
    const { own, kept } = rowsOfFirstNodes(b, x, attrs);
    const first = rowsBetween(b, x, { axis, rank, count: kept });
    const second = rowsBetween(b, x, { axis, rank, from: own });
    if (!zeroExtra || !isFloat(inputTypes.x.dtype)) return { first, second };
    const one = b.node('Minimum', [own, b.constant([1], 'int32', [1])], typeOf(own));
    const factor = b.node('Cast', [one], {
      attrs: { SrcT: { type: 'int32' }, DstT: { type: x.dtype } },
      dtype: x.dtype,
    });
    return { first: b.node('Mul', [first, factor], typeOf(first)), second };
  },
  onnx: 'training only',
  tfjs: (tf, { x }, { attrs: { axis, each, zeroExtra } }) => {
    const size = x.shape[axis] ?? 0;
    const { own, kept } = rowsOfFirst(size, each);
    const rows = (begin: number, count: number) =>
      tf.slice(x, replaceAxis(new Array<number>(x.rank).fill(0), axis, begin), replaceAxis(x.shape, axis, count));
    const first = rows(0, kept);
    return { first: zeroExtra && own === 0 ? tf.zerosLike(first) : first, second: rows(own, size - own) };
  },
  samples: [
    { inputs: { x: { shape: [5, 3], declared: ['batch', 3] } }, attrs: { axis: 0, each: 1, zeroExtra: false } },
    { inputs: { x: { shape: [2, 4], declared: [2, 'batch'] } }, attrs: { axis: 1, each: 1, zeroExtra: true } },
    { inputs: { x: { shape: [10, 2] } }, attrs: { axis: 0, each: 2, zeroExtra: false } },
  ],
});
