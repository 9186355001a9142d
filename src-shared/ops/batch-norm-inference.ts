import { defineOp, type Sample } from './define-op';
import { multiplyDims, sizeOf } from './dims';
import { transposeOnnx } from './emit/onnx-node';
import { composed, fusedAttributes, reshapeTo, toImages } from './emit/tensorflow-batch-norm';
import { batchAxes, checkChannels } from './shapes/batch-norm';

type Attrs = { readonly epsilon: number };

function sample(x: readonly number[]): Sample {
  const channels = { shape: x.slice(-1) };
  const positive = { ...channels, fill: 'positive' as const };
  const image = { shape: x, declared: ['batch', ...x.slice(1)] };
  return {
    inputs: { x: image, gamma: channels, beta: channels, mean: channels, variance: positive },
    attrs: { epsilon: 1e-3 },
  };
}

/**
 * γ · (x − mean) / √(variance + ε) + β with a given mean and variance per channel (last axis), which have no gradient
 * here: they are moving averages.
 */
export const batchNormInference = defineOp({
  name: 'batchNormInference',
  inputs: ['x', 'gamma', 'beta', 'mean', 'variance'],
  outputs: ['y'],
  inferShape: ({ x, ...perChannel }, _attrs: Attrs) => checkChannels('batchNormInference', x, perChannel),
  gradient: (g, { x, gamma, mean, variance }, { attrs: { epsilon }, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const one = g.constant(1, x.type.dtype);
    const deviation = g.unary('sqrt', g.add(variance, g.constant(epsilon, x.type.dtype)));
    const inverse = g.divide(one, deviation);
    const axes = batchAxes(x.type.shape);
    return {
      x: g.multiply(dy, g.multiply(gamma, inverse)),
      gamma: g.multiply(g.sum(g.multiply(dy, g.subtract(x, mean)), axes), inverse),
      beta: g.sum(dy, axes),
    };
  },
  eachRow: ({ axis, rank }) => axis !== rank - 1,
  cost: ({ x }) => ({ flops: multiplyDims(2, sizeOf(x.shape)) }),
  tensorflow: (b, { x, gamma, beta, mean, variance }, { attrs: { epsilon }, outputs }) => {
    const { shape } = outputs.y;
    if (b.float64) {
      const { add, subtract, multiply, inverseDeviation } = composed(b, shape);
      const scale = multiply(gamma, inverseDeviation(variance, epsilon));
      return { y: add(multiply(subtract(x, mean), scale), beta) };
    }
    const inputs = [toImages(b, x, shape), gamma, beta, mean, variance];
    const y = b.node('FusedBatchNormV3', inputs, fusedAttributes(x, { epsilon, training: false }));
    return { y: shape.length === 4 ? y : reshapeTo(b, y, shape) };
  },
  // ONNX wants the channels second.
  onnx: (b, { x, gamma, beta, mean, variance }, { attrs: { epsilon }, outputs }) => {
    const attrs = { epsilon: { f: epsilon } };
    const normalise = (input: typeof x) =>
      b.node('BatchNormalization', [input, gamma, beta, mean, variance], { attrs });
    const inner = [...outputs.y.shape.keys()].slice(1, -1);
    if (inner.length === 0) return { y: normalise(x) };
    const first = transposeOnnx(b, x, [0, inner.length + 1, ...inner]);
    return { y: transposeOnnx(b, normalise(first), [0, ...inner.map((axis) => axis + 1), 1]) };
  },
  tfjs: (tf, { x, gamma, beta, mean, variance }, { attrs: { epsilon } }) => {
    const rows = tf.reshape(x, [-1, 1, 1, x.shape.at(-1) ?? 1]);
    return { y: tf.reshape(tf.batchNorm(rows, mean, variance, beta, gamma, epsilon), x.shape) };
  },
  samples: [sample([2, 3, 2, 3]), sample([4, 3]), sample([2, 3, 2])],
});
