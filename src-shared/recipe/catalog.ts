import { clip } from './clip';
import { constantScale } from './constant-scale';
import type { StepDefinition } from './define-step';
import { dropDuplicates } from './drop-duplicates';
import { dropMissing } from './drop-missing';
import { impute } from './impute';
import { minMax } from './min-max';
import { oneHot } from './one-hot';
import { ordinal } from './ordinal';
import { standardize } from './standardize';

/** Every preparation step, one line each. */
export const recipeSteps: readonly StepDefinition[] = [
  dropMissing,
  dropDuplicates,
  impute,
  clip,
  oneHot,
  ordinal,
  standardize,
  minMax,
  constantScale,
];

const byName = new Map(recipeSteps.map((step) => [step.name, step]));

export function lookupStep(name: string): StepDefinition {
  const step = byName.get(name);
  if (!step) throw new Error(`There is no preparation step "${name}".`);
  return step;
}
