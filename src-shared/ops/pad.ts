import { isProblem, problem } from '../problem';
import { defineOp } from './define-op';
import { addDims, formatShape } from './dims';
import { indexVectorOnnx } from './emit/onnx-node';
import { typeOf } from './emit/tensorflow-node';
import { noFlops, numberLike } from './shapes/elementwise';

type Attrs = {
  /** Per axis: how many zeros before and after. */
  readonly paddings: readonly (readonly number[])[];
};

/** x with zeros around it. */
export const pad = defineOp({
  name: 'pad',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, { paddings }: Attrs) => {
    const checked = numberLike('pad', x);
    if (isProblem(checked)) return checked;
    const isCount = (n: number) => Number.isInteger(n) && n >= 0;
    if (paddings.length !== x.shape.length || !paddings.every((pair) => pair.length === 2 && pair.every(isCount))) {
      return problem('paddings-do-not-fit', { paddings: paddings.map(String), shape: formatShape(x.shape) });
    }
    return { y: { dtype: x.dtype, shape: x.shape.map((dim, axis) => addDims(dim, total(paddings[axis]))) } };
  },
  gradient: (g, { x }, { attrs: { paddings }, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const begin = paddings.map(([before = 0]) => before);
    return { x: g.value('slice', { x: dy }, { begin, size: [...x.type.shape] }) };
  },
  eachRow: true,
  cost: noFlops,
  tensorflow: (b, { x }, { attrs: { paddings } }) => {
    const amounts = b.constant(paddings.flat(), 'int32', [paddings.length, 2]);
    return { y: b.node('Pad', [x, amounts], typeOf(x, { Tpaddings: { type: 'int32' } })) };
  },
  onnx: (b, { x }, { attrs: { paddings } }) => {
    const amounts = [0, 1].flatMap((side) => paddings.map((pair) => pair[side] ?? 0));
    return { y: b.node('Pad', [x, indexVectorOnnx(b, amounts)]) };
  },
  tfjs: (tf, { x }, { attrs: { paddings } }) => ({
    y: tf.pad(
      x,
      paddings.map(([before = 0, after = 0]): [number, number] => [before, after]),
    ),
  }),
  samples: [
    {
      inputs: { x: { shape: [2, 3], declared: ['batch', 3] } },
      attrs: {
        paddings: [
          [0, 0],
          [1, 2],
        ],
      },
    },
    {
      inputs: { x: { shape: [1, 2, 2, 1] } },
      attrs: {
        paddings: [
          [0, 0],
          [1, 1],
          [0, 2],
          [0, 0],
        ],
      },
    },
  ],
});

function total([before = 0, after = 0]: readonly number[] = []): number {
  return before + after;
}
