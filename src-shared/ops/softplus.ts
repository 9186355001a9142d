import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

/** log(1 + eˣ), without overflow; dx = dy · sigmoid(x). */
export const softplus = defineOp({
  name: 'softplus',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => floatLike('softplus', x),
  gradient: (g, { x }, { dOutputs: { y: dy } }) => (dy ? { x: g.multiply(dy, g.unary('sigmoid', x)) } : {}),
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Softplus', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Softplus', [x]) }),
  tfjs: (tf, { x }) => ({ y: tf.softplus(x) }),
  samples: [{ inputs: { x: { shape: [3, 4], declared: ['batch', 4] } } }],
});
