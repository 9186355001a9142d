import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { numberLike, perElement } from './shapes/elementwise';

/** −x. */
export const neg = defineOp({
  name: 'neg',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => numberLike('neg', x),
  gradient: (g, _inputs, { dOutputs: { y: dy } }) => (dy ? { x: g.unary('neg', dy) } : {}),
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Neg', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Neg', [x]) }),
  tfjs: (tf, { x }) => ({ y: tf.neg(x) }),
  inDouble: (x = 0) => -x,
  samples: [
    { inputs: { x: { shape: [3, 4], declared: ['batch', 4] } } },
    { inputs: { x: { dtype: 'int32', shape: [3], fill: [-2, 0, 3] } } },
  ],
});
