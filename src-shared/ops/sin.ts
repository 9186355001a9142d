import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

/** The sine of an angle in radians. */
export const sin = defineOp({
  name: 'sin',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => floatLike('sin', x),
  gradient: (g, { x }, { dOutputs: { y: dy } }) => (dy ? { x: g.multiply(dy, g.value('cos', { x })) } : {}),
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Sin', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Sin', [x]) }),
  tfjs: (tf, { x }) => ({ y: tf.sin(x) }),
  samples: [{ inputs: { x: { shape: [3, 4], declared: ['batch', 4] } } }],
});
