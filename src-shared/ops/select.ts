import { isProblem, problem } from '../problem';
import { defineOp } from './define-op';
import { broadcastShapes, formatShape } from './dims';
import { typeOf } from './emit/tensorflow-node';
import { broadcast, dtypeProblem, perElement } from './shapes/elementwise';

/** a where the condition holds, else b, with NumPy's broadcasting. */
export const select = defineOp({
  name: 'select',
  inputs: ['condition', 'a', 'b'],
  outputs: ['y'],
  inferShape: ({ condition, a, b }) => {
    if (condition.dtype !== 'bool') return dtypeProblem('select', condition.dtype, 'bool');
    const values = broadcast('select', { a, b });
    if (isProblem(values)) return values;
    const shape = broadcastShapes(condition.shape, values.y.shape);
    if (shape) return { y: { dtype: a.dtype, shape } };
    const shapes = { a: formatShape(condition.shape), b: formatShape(values.y.shape) };
    return problem('shapes-do-not-broadcast', { op: 'select', ...shapes });
  },
  gradient: (g, { condition, a, b }, { dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const zero = g.constant(0, dy.type.dtype);
    return {
      a: g.sumTo(g.select(condition, dy, zero), a.type.shape),
      b: g.sumTo(g.select(condition, zero, dy), b.type.shape),
    };
  },
  eachRow: true,
  cost: perElement,
  tensorflow: (b, inputs) => ({
    y: b.node('SelectV2', [inputs.condition, inputs.a, inputs.b], { ...typeOf(inputs.a), dtype: inputs.a.dtype }),
  }),
  onnx: (b, inputs) => ({
    y: b.node('Where', [inputs.condition, inputs.a, inputs.b], { dtype: inputs.a.dtype }),
  }),
  tfjs: (tf, { condition, a, b }) => ({ y: tf.where(condition, a, b) }),
  inDouble: (condition = 0, a = 0, b = 0) => (condition === 0 ? b : a),
  samples: [
    {
      inputs: {
        condition: { dtype: 'bool', shape: [2, 2], fill: [1, 0, 0, 1], declared: ['batch', 2] },
        a: { shape: [2, 2], declared: ['batch', 2] },
        b: { shape: [] },
      },
    },
    {
      inputs: {
        condition: { dtype: 'bool', shape: [2], fill: [1, 0] },
        a: { shape: [3, 1] },
        b: { shape: [3, 2] },
      },
    },
  ],
});
