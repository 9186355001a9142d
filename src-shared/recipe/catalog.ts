import type { StepDefinition } from './define-step';
import * as all from './step-list';

/** Every preparation step, one line each. */
export const recipeSteps: readonly StepDefinition[] = Object.values(all);

const byName = new Map(recipeSteps.map((step) => [step.name, step]));

export function lookupStep(name: string): StepDefinition {
  const step = byName.get(name);
  if (!step) throw new Error(`There is no preparation step "${name}".`);
  return step;
}
