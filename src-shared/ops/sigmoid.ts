import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

/** 1 / (1 + e⁻ˣ); dx = dy · y · (1 − y). */
export const sigmoid = defineOp({
  name: 'sigmoid',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => floatLike('sigmoid', x),
  gradient: (g, _inputs, { outputs: { y }, dOutputs: { y: dy } }) =>
    dy ? { x: g.multiply(dy, g.multiply(y, g.subtract(g.constant(1, y.type.dtype), y))) } : {},
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Sigmoid', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Sigmoid', [x]) }),
  tfjs: (tf, { x }) => ({ y: tf.sigmoid(x) }),
  samples: [{ inputs: { x: { shape: [3, 4], declared: ['batch', 4] } } }],
});
