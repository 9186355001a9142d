import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

/** The hyperbolic tangent; dx = dy · (1 − y²). */
export const tanh = defineOp({
  name: 'tanh',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => floatLike('tanh', x),
  gradient: (g, _inputs, { outputs: { y }, dOutputs: { y: dy } }) =>
    dy ? { x: g.multiply(dy, g.subtract(g.constant(1, y.type.dtype), g.unary('square', y))) } : {},
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Tanh', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Tanh', [x]) }),
  tfjs: (tf, { x }) => ({ y: tf.tanh(x) }),
  samples: [{ inputs: { x: { shape: [3, 4], declared: ['batch', 4] } } }],
});
