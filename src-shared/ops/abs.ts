import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { numberLike, perElement } from './shapes/elementwise';

/** |x|; its gradient at 0 is 0. */
export const abs = defineOp({
  name: 'abs',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => numberLike('abs', x),
  gradient: (g, { x }, { dOutputs: { y: dy } }) => (dy ? { x: g.multiply(dy, g.unary('sign', x)) } : {}),
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Abs', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Abs', [x]) }),
  tfjs: (tf, { x }) => ({ y: tf.abs(x) }),
  inDouble: (x = 0) => Math.abs(x),
  samples: [
    { inputs: { x: { shape: [3, 4], declared: ['batch', 4] } } },
    { inputs: { x: { dtype: 'int32', shape: [3], fill: [-2, 0, 3] } } },
  ],
});
