import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { arithmetic, perElement } from './shapes/elementwise';

/** a · b, with NumPy's broadcasting. */
export const mul = defineOp({
  name: 'mul',
  inputs: ['a', 'b'],
  outputs: ['y'],
  inferShape: (inputs) => arithmetic('mul', inputs),
  gradient: (g, { a, b }, { dOutputs: { y: dy } }) => {
    if (!dy) return {};
    return { a: g.sumTo(g.multiply(dy, b), a.type.shape), b: g.sumTo(g.multiply(dy, a), b.type.shape) };
  },
  eachRow: true,
  cost: perElement,
  tensorflow: (b, inputs) => ({ y: b.node('Mul', [inputs.a, inputs.b], typeOf(inputs.a)) }),
  onnx: (b, inputs) => ({ y: b.node('Mul', [inputs.a, inputs.b]) }),
  tfjs: (tf, { a, b }) => ({ y: tf.mul(a, b) }),
  inDouble: (a = 0, b = 0) => a * b,
  samples: [
    { inputs: { a: { shape: [3, 4], declared: ['batch', 4] }, b: { shape: [3, 4], declared: ['batch', 4] } } },
    { inputs: { a: { shape: [3, 1, 2] }, b: { shape: [4, 1] } } },
    { inputs: { a: { shape: [] }, b: { shape: [2, 2] } } },
    { inputs: { a: { dtype: 'int32', shape: [3], fill: [1, -2, 3] }, b: { dtype: 'int32', shape: [], fill: [2] } } },
  ],
});
