import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

/** √x; dx = dy / (2·√x). */
export const sqrt = defineOp({
  name: 'sqrt',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => floatLike('sqrt', x),
  gradient: (g, _inputs, { outputs: { y }, dOutputs: { y: dy } }) => (dy ? { x: g.divide(g.scale(dy, 0.5), y) } : {}),
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Sqrt', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Sqrt', [x]) }),
  tfjs: (tf, { x }) => ({ y: tf.sqrt(x) }),
  inDouble: (x = 0) => Math.sqrt(x),
  samples: [{ inputs: { x: { shape: [3, 4], declared: ['batch', 4], fill: 'positive' } } }],
});
