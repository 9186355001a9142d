import { defineOp } from './define-op';
import { multiplyDims, sizeOf } from './dims';
import { composed, fusedAttributes, reshapeTo, toImages } from './emit/tensorflow-batch-norm';
import { batchAxes } from './shapes/batch-norm';

type Attrs = { readonly epsilon: number };

/**
 * The gradients of `batchNormTraining`, with x̂ = (x − mean) / √(variance + ε):
 * dβ = Σ dy, dγ = Σ dy · x̂, dx = γ / √(variance + ε) · (dy − mean(dy) − x̂ · mean(dy · x̂)).
 * Ioffe and Szegedy, "Batch Normalization", 2015, section 3. Only with what the same runner saved; see there.
 */
export const batchNormGrad = defineOp({
  name: 'batchNormGrad',
  inputs: ['dy', 'x', 'gamma', 'savedMean', 'savedVariance', 'reserve'],
  outputs: ['dx', 'dgamma', 'dbeta'],
  inferShape: ({ x, gamma }, _attrs: Attrs) => ({ dx: x, dgamma: gamma, dbeta: gamma }),
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
  samples: [],
});
