import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { numberLike, perElement } from './shapes/elementwise';

/** x². */
export const square = defineOp({
  name: 'square',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => numberLike('square', x),
  gradient: (g, { x }, { dOutputs: { y: dy } }) => (dy ? { x: g.multiply(dy, g.scale(x, 2)) } : {}),
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Square', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Mul', [x, x]) }),
  tfjs: (tf, { x }) => ({ y: tf.square(x) }),
  samples: [
    { inputs: { x: { shape: [3, 4], declared: ['batch', 4] } } },
    { inputs: { x: { dtype: 'int32', shape: [3], fill: [-2, 0, 3] } } },
  ],
});
