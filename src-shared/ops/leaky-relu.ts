import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

type Attrs = { readonly slope: number };

/** x where x > 0, else slope · x (Maas, Hannun & Ng, 2013). */
export const leakyRelu = defineOp({
  name: 'leakyRelu',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, _attrs: Attrs) => floatLike('leakyRelu', x),
  gradient: (g, { x }, { attrs: { slope }, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const isPositive = g.compare('greater', x, g.constant(0, x.type.dtype));
    return { x: g.select(isPositive, dy, g.scale(dy, slope)) };
  },
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }, { attrs: { slope } }) => ({
    y: b.node('LeakyRelu', [x], typeOf(x, { alpha: { float: slope } })),
  }),
  onnx: (b, { x }, { attrs: { slope } }) => ({ y: b.node('LeakyRelu', [x], { attrs: { alpha: { f: slope } } }) }),
  tfjs: (tf, { x }, { attrs: { slope } }) => ({ y: tf.leakyRelu(x, slope) }),
  samples: [{ inputs: { x: { shape: [3, 4], declared: ['batch', 4] } }, attrs: { slope: 0.25 } }],
});
