import { countTrue, defineMetric } from './define-metric';

/** Correct elements of a batch with targets 0 and 1: the probability is above one half where the target is 1. */
export const binaryAccuracy = defineMetric({
  name: 'binaryAccuracy',
  label: { en: 'Accuracy', zh: '准确率' },
  isBetterHigher: true,
  build: (b, { output, target }) => {
    const half = b.constant(0.5, output.type.dtype);
    const predicted = b.cast(b.compare('greater', output, half), target.type.dtype);
    return countTrue(b, b.compare('equal', predicted, target));
  },
});
