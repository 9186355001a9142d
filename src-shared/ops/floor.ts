import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

/** The largest whole number that is not above x; its gradient is none. */
export const floor = defineOp({
  name: 'floor',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => floatLike('floor', x),
  gradient: () => ({}),
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Floor', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Floor', [x]) }),
  tfjs: (tf, { x }) => ({ y: tf.floor(x) }),
  inDouble: (x = 0) => Math.floor(x),
  samples: [{ inputs: { x: { shape: [3, 4], declared: ['batch', 4] } } }],
});
