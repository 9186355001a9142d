import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { arithmetic, perElement } from './shapes/elementwise';

/** The larger of a and b; where they are equal, the gradient goes to a. */
export const maximum = defineOp({
  name: 'maximum',
  inputs: ['a', 'b'],
  outputs: ['y'],
  inferShape: (inputs) => arithmetic('maximum', inputs),
  gradient: (g, { a, b }, { dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const isB = g.compare('greater', b, a);
    const zero = g.constant(0, dy.type.dtype);
    return { a: g.sumTo(g.select(isB, zero, dy), a.type.shape), b: g.sumTo(g.select(isB, dy, zero), b.type.shape) };
  },
  eachRow: true,
  cost: perElement,
  tensorflow: (b, inputs) => ({ y: b.node('Maximum', [inputs.a, inputs.b], typeOf(inputs.a)) }),
  onnx: (b, inputs) => ({ y: b.node('Max', [inputs.a, inputs.b]) }),
  tfjs: (tf, { a, b }) => ({ y: tf.maximum(a, b) }),
  inDouble: (a = 0, b = 0) => Math.max(a, b),
  samples: [
    { inputs: { a: { shape: [3, 4], declared: ['batch', 4] }, b: { shape: [3, 4], declared: ['batch', 4] } } },
    { inputs: { a: { shape: [3, 1, 2] }, b: { shape: [4, 1] } } },
    { inputs: { a: { shape: [] }, b: { shape: [2, 2] } } },
    { inputs: { a: { dtype: 'int32', shape: [3], fill: [1, -2, 3] }, b: { dtype: 'int32', shape: [], fill: [2] } } },
  ],
});
