import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

/** eˣ. */
export const exp = defineOp({
  name: 'exp',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => floatLike('exp', x),
  gradient: (g, _inputs, { outputs: { y }, dOutputs: { y: dy } }) => (dy ? { x: g.multiply(dy, y) } : {}),
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Exp', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Exp', [x]) }),
  tfjs: (tf, { x }) => ({ y: tf.exp(x) }),
  inDouble: (x = 0) => Math.exp(x),
  samples: [{ inputs: { x: { shape: [3, 4], declared: ['batch', 4] } } }],
});
