import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

/** eˣ − 1, exact for small x where the format allows. */
export const expm1 = defineOp({
  name: 'expm1',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => floatLike('expm1', x),
  gradient: (g, { x }, { dOutputs: { y: dy } }) => (dy ? { x: g.multiply(dy, g.unary('exp', x)) } : {}),
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Expm1', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Sub', [b.node('Exp', [x]), b.constant([1], x.dtype, [])]) }),
  tfjs: (tf, { x }) => ({ y: tf.expm1(x) }),
  inDouble: (x = 0) => Math.expm1(x),
  samples: [{ inputs: { x: { shape: [3, 4], declared: ['batch', 4] } } }],
});
