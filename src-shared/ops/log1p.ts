import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

/** log(1 + x), exact for small x where the format allows. */
export const log1p = defineOp({
  name: 'log1p',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => floatLike('log1p', x),
  gradient: (g, { x }, { dOutputs: { y: dy } }) =>
    dy ? { x: g.divide(dy, g.add(x, g.constant(1, x.type.dtype))) } : {},
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Log1p', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Log', [b.node('Add', [x, b.constant([1], x.dtype, [])])]) }),
  tfjs: (tf, { x }) => ({ y: tf.log1p(x) }),
  inDouble: (x = 0) => Math.log1p(x),
  samples: [{ inputs: { x: { shape: [3, 4], declared: ['batch', 4], fill: 'positive' } } }],
});
