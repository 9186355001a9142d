import { defineLoss } from './define-loss';
import { meanOfAll } from './logits';

/** Keras' `MeanSquaredError`. */
export const meanSquaredError = defineLoss({
  name: 'meanSquaredError',
  label: { en: 'Mean squared error', zh: '均方误差' },
  compares: 'numbers',
  targetType: (output) => output,
  build: (b, { output, target }) => meanOfAll(b, b.unary('square', b.subtract(output, target))),
});
