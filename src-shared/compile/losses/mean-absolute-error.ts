import { defineLoss } from './define-loss';
import { meanOfAll } from './logits';

/** Keras' `MeanAbsoluteError`. */
export const meanAbsoluteError = defineLoss({
  name: 'meanAbsoluteError',
  label: { en: 'Mean absolute error', zh: '平均绝对误差' },
  compares: 'numbers',
  targetType: (output) => output,
  build: (b, { output, target }) => meanOfAll(b, b.unary('abs', b.subtract(output, target))),
});
