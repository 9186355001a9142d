import { binaryCrossentropy } from './binary-crossentropy';
import { categoricalCrossentropy } from './categorical-crossentropy';
import type { LossDefinition } from './define-loss';
import { meanAbsoluteError } from './mean-absolute-error';
import { meanSquaredError } from './mean-squared-error';
import { sparseCategoricalCrossentropy } from './sparse-categorical-crossentropy';

/** Every loss, one line each. */
export const losses = [
  sparseCategoricalCrossentropy,
  categoricalCrossentropy,
  binaryCrossentropy,
  meanSquaredError,
  meanAbsoluteError,
] as const;

export function lookupLoss(name: string): LossDefinition {
  const loss = losses.find((candidate) => candidate.name === name);
  if (!loss) throw new Error(`There is no loss "${name}".`);
  return loss;
}
