import { problem } from '../problem';
import { defineOp, type Sample } from './define-op';
import { formatShape, multiplyDims, sameShape, sizeOf } from './dims';
import { composed, fusedAttributes, reshapeTo, toImages } from './emit/tensorflow-batch-norm';
import { batchAxes } from './shapes/batch-norm';

type Attrs = { readonly epsilon: number };

function sample(x: readonly number[]): Sample {
  const image = { shape: x, declared: ['batch', ...x.slice(1)] };
  const channels = { shape: x.slice(-1) };
  const saved = { savedMean: channels, savedVariance: { ...channels, fill: 'positive' as const } };
  const reserve = { shape: [1], fill: [0], declared: ['reserve'] };
  return { inputs: { dy: image, x: image, gamma: channels, ...saved, reserve }, attrs: { epsilon: 1e-3 } };
}

/**
 * The gradients of `batchNormTraining`, with x̂ = (x − mean) / √(variance + ε):
 * dβ = Σ dy, dγ = Σ dy · x̂, dx = γ / √(variance + ε) · (dy − mean(dy) − x̂ · mean(dy · x̂)).
 * Ioffe and Szegedy, "Batch Normalization", 2015, section 3. Only with what the same runner saved; see there.
 */
export const batchNormGrad = defineOp({
  name: 'batchNormGrad',
  inputs: ['dy', 'x', 'gamma', 'savedMean', 'savedVariance', 'reserve'],
  outputs: ['dx', 'dgamma', 'dbeta'],
  inferShape: ({ dy, x, gamma }, _attrs: Attrs) =>
    sameShape(dy.shape, x.shape)
      ? { dx: x, dgamma: gamma, dbeta: gamma }
      : problem('shapes-differ', { op: 'batchNormGrad', a: formatShape(dy.shape), b: formatShape(x.shape) }),
  cost: ({ x }) => ({ flops: multiplyDims(9, sizeOf(x.shape)) }),
  tensorflow: (b, { dy, x, gamma, savedMean, savedVariance, reserve }, { attrs: { epsilon }, outputs }) => {
    const { shape } = outputs.dx;
    if (b.float64) {
      const { subtract, multiply, sum, mean, inverseDeviation } = composed(b, shape);
      const inverse = inverseDeviation(savedVariance, epsilon);
      const unit = multiply(subtract(x, savedMean), inverse);
      const along = multiply(dy, unit);
      const rest = subtract(subtract(dy, mean(dy)), multiply(unit, mean(along)));
      return { dx: multiply(rest, multiply(gamma, inverse)), dgamma: sum(along), dbeta: sum(dy) };
    }
    const inputs = [toImages(b, dy, shape), toImages(b, x, shape), gamma, savedMean, savedVariance, reserve];
    const dx = b.node('FusedBatchNormGradV3', inputs, fusedAttributes(x, { epsilon, training: true }));
    const [dgamma, dbeta] = [b.output(dx, 1), b.output(dx, 2)];
    return { dx: shape.length === 4 ? dx : reshapeTo(b, dx, shape), dgamma, dbeta };
  },
  onnx: 'training only',
  tfjs: (tf, { dy, x, gamma, savedMean, savedVariance }, { attrs: { epsilon } }) => {
    const axes = batchAxes(x.shape);
    const inverse = tf.rsqrt(tf.add(savedVariance, epsilon));
    const unit = tf.mul(tf.sub(x, savedMean), inverse);
    const along = tf.mul(dy, unit);
    const rest = tf.sub(tf.sub(dy, tf.mean(dy, axes)), tf.mul(unit, tf.mean(along, axes)));
    return { dx: tf.mul(rest, tf.mul(gamma, inverse)), dgamma: tf.sum(along, axes), dbeta: tf.sum(dy, axes) };
  },
  samples: [sample([2, 3, 2, 3]), sample([4, 3])],
});
