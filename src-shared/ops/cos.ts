import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

/** The cosine of an angle in radians. */
export const cos = defineOp({
  name: 'cos',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => floatLike('cos', x),
  gradient: (g, { x }, { dOutputs: { y: dy } }) =>
    dy ? { x: g.unary('neg', g.multiply(dy, g.value('sin', { x }))) } : {},
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Cos', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Cos', [x]) }),
  tfjs: (tf, { x }) => ({ y: tf.cos(x) }),
  samples: [{ inputs: { x: { shape: [3, 4], declared: ['batch', 4] } } }],
});
