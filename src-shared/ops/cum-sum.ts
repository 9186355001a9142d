import { isProblem } from '../problem';
import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { checkAxes } from './shapes/axes';
import { numberLike, perElement } from './shapes/elementwise';

type Attrs = { readonly axis: number; readonly reverse: boolean };

/** Running sums along an axis, each element included: y[t] = Σ x[0…t], or Σ x[t…] in reverse. */
export const cumSum = defineOp({
  name: 'cumSum',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, { axis }: Attrs) => {
    const checked = numberLike('cumSum', x);
    return isProblem(checked) ? checked : (checkAxes('cumSum', x.shape, [axis]) ?? checked);
  },
  gradient: (g, _inputs, { attrs: { axis, reverse }, dOutputs: { y: dy } }) =>
    dy ? { x: g.value('cumSum', { x: dy }, { axis, reverse: !reverse }) } : {},
  eachRow: ({ axis: batch }, { axis }) => axis !== batch,
  cost: perElement,
  tensorflow: (b, { x }, { attrs: { axis, reverse } }) => {
    const attrs = { Tidx: { type: 'int32' }, exclusive: { bool: false }, reverse: { bool: reverse } } as const;
    return { y: b.node('Cumsum', [x, b.constant([axis], 'int32', [])], typeOf(x, attrs)) };
  },
  onnx: (b, { x }, { attrs: { axis, reverse } }) => ({
    y: b.node('CumSum', [x, b.constant([axis], 'int64', [])], { attrs: { reverse: { i: Number(reverse) } } }),
  }),
  tfjs: (tf, { x }, { attrs: { axis, reverse } }) => ({ y: tf.cumsum(x, axis, false, reverse) }),
  samples: [
    { inputs: { x: { shape: [2, 4], declared: ['batch', 4] } }, attrs: { axis: 1, reverse: false } },
    { inputs: { x: { shape: [3, 2] } }, attrs: { axis: 0, reverse: true } },
    {
      inputs: { x: { dtype: 'int32', shape: [2, 3], fill: [1, 0, 1, 0, 1, 1], declared: ['batch', 3] } },
      attrs: { axis: 1, reverse: false },
    },
  ],
});
