import { defineOp } from './define-op';
import { broadcast, dtypeProblem, perElement } from './shapes/elementwise';

/** Whether a = b, element by element, with NumPy's broadcasting. */
export const equal = defineOp({
  name: 'equal',
  inputs: ['a', 'b'],
  outputs: ['y'],
  inferShape: (inputs) =>
    inputs.a.dtype === 'string' ? dtypeProblem('equal', 'string', 'numbers') : broadcast('equal', inputs, 'bool'),
  eachRow: true,
  cost: perElement,
  tensorflow: (b, inputs) => ({
    y: b.node('Equal', [inputs.a, inputs.b], {
      attrs: { T: { type: inputs.a.dtype }, incompatible_shape_error: { bool: true } },
      dtype: 'bool',
    }),
  }),
  onnx: (b, inputs) => ({ y: b.node('Equal', [inputs.a, inputs.b], { dtype: 'bool' }) }),
  tfjs: (tf, { a, b }) => ({ y: tf.equal(a, b) }),
  inDouble: (a = 0, b = 0) => Number(a === b),
  samples: [
    {
      inputs: {
        a: { shape: [2, 2], fill: [1, 2.5, -1, 0], declared: ['batch', 2] },
        b: { shape: [2], fill: [1, -3] },
      },
    },
    {
      inputs: {
        a: { dtype: 'int32', shape: [3], fill: [1, 2, 3] },
        b: { dtype: 'int32', shape: [2, 1], fill: [3, 2] },
      },
    },
  ],
});
