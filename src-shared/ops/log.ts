import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

/** The natural logarithm. */
export const log = defineOp({
  name: 'log',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => floatLike('log', x),
  gradient: (g, { x }, { dOutputs: { y: dy } }) => (dy ? { x: g.divide(dy, x) } : {}),
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Log', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Log', [x]) }),
  tfjs: (tf, { x }) => ({ y: tf.log(x) }),
  inDouble: (x = 0) => Math.log(x),
  samples: [{ inputs: { x: { shape: [3, 4], declared: ['batch', 4], fill: 'positive' } } }],
});
