import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { arithmetic, dtypeProblem, perElement } from './shapes/elementwise';
import { isFloat } from './tensor';

/** a / b for floating-point numbers, with NumPy's broadcasting. */
export const div = defineOp({
  name: 'div',
  inputs: ['a', 'b'],
  outputs: ['y'],
  inferShape: (inputs) =>
    isFloat(inputs.a.dtype) ? arithmetic('div', inputs) : dtypeProblem('div', inputs.a.dtype, 'float32'),
  gradient: (g, { a, b }, { outputs: { y }, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    return {
      a: g.sumTo(g.divide(dy, b), a.type.shape),
      b: g.sumTo(g.unary('neg', g.divide(g.multiply(dy, y), b)), b.type.shape),
    };
  },
  eachRow: true,
  cost: perElement,
  tensorflow: (b, inputs) => ({ y: b.node('RealDiv', [inputs.a, inputs.b], typeOf(inputs.a)) }),
  onnx: (b, inputs) => ({ y: b.node('Div', [inputs.a, inputs.b]) }),
  tfjs: (tf, { a, b }) => ({ y: tf.div(a, b) }),
  inDouble: (a = 0, b = 0) => a / b,
  samples: [
    {
      inputs: {
        a: { shape: [3, 4], declared: ['batch', 4] },
        b: { shape: [3, 4], declared: ['batch', 4], fill: 'positive' },
      },
    },
    { inputs: { a: { shape: [3, 1, 2] }, b: { shape: [4, 1], fill: 'positive' } } },
    { inputs: { a: { shape: [] }, b: { shape: [2, 2], fill: 'positive' } } },
  ],
});
