import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { numberLike, perElement } from './shapes/elementwise';

/** −1, 0 or 1; constant almost everywhere, so its gradient is none. */
export const sign = defineOp({
  name: 'sign',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => numberLike('sign', x),
  gradient: () => ({}),
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Sign', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Sign', [x]) }),
  tfjs: (tf, { x }) => ({ y: tf.sign(x) }),
  inDouble: (x = 0) => Math.sign(x),
  samples: [
    { inputs: { x: { shape: [3, 4], declared: ['batch', 4] } } },
    { inputs: { x: { dtype: 'int32', shape: [3], fill: [-2, 0, 3] } } },
  ],
});
