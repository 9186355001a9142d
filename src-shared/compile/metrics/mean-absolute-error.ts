import { defineMetric } from './define-metric';

/** Sum over the rows of the mean absolute error of each row. */
export const meanAbsoluteErrorMetric = defineMetric({
  name: 'meanAbsoluteError',
  label: { en: 'Mean absolute error', zh: '平均绝对误差' },
  isBetterHigher: false,
  build: (b, { output, target }) => {
    const error = b.unary('abs', b.subtract(output, target));
    const inner = error.type.shape.slice(1).map((_, i) => i + 1);
    return b.sum(inner.length > 0 ? b.mean(error, inner) : error, [0]);
  },
});
