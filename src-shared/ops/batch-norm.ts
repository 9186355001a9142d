import { isProblem, problem } from '../problem';
import { defineOp } from './define-op';
import { multiplyDims, sizeOf } from './dims';
import { checkChannels } from './shapes/batch-norm';

type Attrs = {
  readonly epsilon: number;
  /** How much of the moving averages is kept at each step. */
  readonly momentum: number;
};

/**
 * Batch normalisation over all axes but the last. In training the batch's own mean and variance are used, and the
 * outputs `movingMean` and `movingVariance` are the next values of the moving averages; in inference, and where the
 * layer is frozen, the moving averages are used and stay. Ioffe and Szegedy, 2015; Keras 3 keeps the biased variance.
 */
export const batchNorm = defineOp({
  name: 'batchNorm',
  inputs: ['x', 'gamma', 'beta', 'movingMean', 'movingVariance'],
  outputs: ['y', 'movingMean', 'movingVariance'],
  inferShape: ({ x, ...perChannel }, { epsilon, momentum }: Attrs) => {
    if (!(epsilon > 0)) return problem('attribute-not-allowed', { op: 'batchNorm', name: 'epsilon', value: epsilon });
    if (!(momentum >= 0 && momentum <= 1)) {
      return problem('attribute-not-allowed', { op: 'batchNorm', name: 'momentum', value: momentum });
    }
    const checked = checkChannels('batchNorm', x, perChannel);
    const { movingMean, movingVariance } = perChannel;
    return isProblem(checked) ? checked : { ...checked, movingMean, movingVariance };
  },
  examplesPerStatistic: ({ x }) => sizeOf(x.shape.slice(0, -1)),
  cost: ({ x }) => ({ flops: multiplyDims(2, sizeOf(x.shape)) }),
  lower: (b, { x, gamma, beta, movingMean, movingVariance }, { attrs: { epsilon, momentum }, phase, trainable }) => {
    if (phase === 'infer' || !trainable) {
      const inputs = { x, gamma, beta, mean: movingMean, variance: movingVariance };
      return { y: b.value('batchNormInference', inputs, { epsilon }), movingMean, movingVariance };
    }
    const { y, mean, variance } = b.op('batchNormTraining', { x, gamma, beta }, { epsilon });
    if (!y || !mean || !variance) throw new Error('The op "batchNormTraining" lacks an output.');
    const next = (moving: typeof mean, now: typeof mean) =>
      b.add(b.scale(moving, momentum), b.scale(now, 1 - momentum));
    return { y, movingMean: next(movingMean, mean), movingVariance: next(movingVariance, variance) };
  },
  samples: [
    {
      inputs: {
        x: { shape: [4, 3], declared: ['batch', 3] },
        gamma: { shape: [3], fill: 'positive' },
        beta: { shape: [3] },
        movingMean: { shape: [3] },
        movingVariance: { shape: [3], fill: 'positive' },
      },
      attrs: { epsilon: 1e-3, momentum: 0.99 },
    },
  ],
});
