import { problem } from '../problem';
import { defineOp } from './define-op';
import { formatShape } from './dims';
import { typeOf } from './emit/tensorflow-node';
import { perElement, rankProblem } from './shapes/elementwise';

/** y[…, c] = x[…, c] + bias[c]. */
export const biasAdd = defineOp({
  name: 'biasAdd',
  inputs: ['x', 'bias'],
  outputs: ['y'],
  inferShape: ({ x, bias }) => {
    if (x.shape.length < 2) return rankProblem('biasAdd', { shape: x.shape, expected: '2 or more' });
    if (x.dtype !== bias.dtype) return problem('dtypes-differ', { op: 'biasAdd', a: x.dtype, b: bias.dtype });
    if (bias.shape.length !== 1 || bias.shape[0] !== x.shape[x.shape.length - 1]) {
      return problem('bias-does-not-fit', { bias: formatShape(bias.shape), x: formatShape(x.shape) });
    }
    return { y: x };
  },
  gradient: (g, { x }, { dOutputs: { y: dy } }) => {
    if (!dy) return {};
    return { x: dy, bias: g.sum(dy, [...x.type.shape.keys()].slice(0, -1)) };
  },
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x, bias }) => ({
    y: b.node('BiasAdd', [x, bias], typeOf(x, { data_format: { string: 'NHWC' } })),
  }),
  onnx: (b, { x, bias }) => ({ y: b.node('Add', [x, bias]) }),
  tfjs: (tf, { x, bias }) => ({ y: tf.add(x, bias) }),
  samples: [
    { inputs: { x: { shape: [3, 4], declared: ['batch', 4] }, bias: { shape: [4] } } },
    { inputs: { x: { shape: [2, 3, 3, 4] }, bias: { shape: [4] } } },
  ],
});
