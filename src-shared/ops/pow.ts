import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { arithmetic, dtypeProblem, perElement } from './shapes/elementwise';
import { isFloat } from './tensor';

/** aᵇ for floating-point numbers; da = dy · b · aᵇ⁻¹, db = dy · y · log a where a > 0, else 0. */
export const pow = defineOp({
  name: 'pow',
  inputs: ['a', 'b'],
  outputs: ['y'],
  inferShape: (inputs) =>
    isFloat(inputs.a.dtype) ? arithmetic('pow', inputs) : dtypeProblem('pow', inputs.a.dtype, 'float32'),
  gradient: (g, { a, b }, { outputs: { y }, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const [zero, one] = [g.constant(0, a.type.dtype), g.constant(1, a.type.dtype)];
    const slope = g.multiply(b, g.value('pow', { a, b: g.subtract(b, one) }));
    const isPositive = g.compare('greater', a, zero);
    const log = g.select(isPositive, g.unary('log', g.select(isPositive, a, one)), zero);
    return {
      a: g.sumTo(g.multiply(dy, slope), a.type.shape),
      b: g.sumTo(g.multiply(dy, g.multiply(y, log)), b.type.shape),
    };
  },
  eachRow: true,
  cost: perElement,
  tensorflow: (b, inputs) => ({ y: b.node('Pow', [inputs.a, inputs.b], typeOf(inputs.a)) }),
  onnx: (b, inputs) => ({ y: b.node('Pow', [inputs.a, inputs.b]) }),
  tfjs: (tf, { a, b }) => ({ y: tf.pow(a, b) }),
  samples: [
    {
      inputs: {
        a: { shape: [3, 2], fill: 'positive', declared: ['batch', 2] },
        b: { shape: [3, 2], declared: ['batch', 2] },
      },
    },
    { inputs: { a: { shape: [4], fill: [2, 0.5, 3, 1] }, b: { shape: [], fill: [2] } } },
  ],
});
