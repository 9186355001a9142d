import { isClassColumn, type StepLookup } from './columns';
import type { FittedRecipe } from './define-step';
import { featureColumns } from './features';
import { columnsAfterStep } from './prologue';

/** A raw column whose values a server must check before it predicts. */
export interface StrictColumn {
  readonly name: string;
  readonly classes: readonly string[];
  /** A missing value is refused too: nothing before the encoding fills it in. */
  readonly refusesMissing: boolean;
}

/**
 * The columns with the policy "error" for values never seen. Graphs cannot refuse a row, so a host compares the
 * raw texts with `classes` first and answers with the name of the column.
 */
export function strictColumns(recipe: FittedRecipe, lookupStep: StepLookup): StrictColumn[] {
  const strict: StrictColumn[] = [];
  let columns = recipe.columns;
  for (const step of recipe.steps) {
    const { refusesUnknown, touches } = lookupStep(step.step);
    if (refusesUnknown?.(step.params)) {
      for (const { name, classes = [] } of featureColumns(columns).filter((column) => touches(column, step.params))) {
        strict.push({ name, classes, refusesMissing: !isFilled(recipe, name, lookupStep) });
      }
    }
    columns = columnsAfterStep(columns, step, lookupStep);
  }
  return strict;
}

/** Whether a step says that nothing is missing in the column once it is done, before the column is encoded. */
function isFilled(recipe: FittedRecipe, name: string, lookupStep: StepLookup): boolean {
  let columns = recipe.columns.map((column) => ({ ...column, nulls: 1 }) as typeof column);
  for (const step of recipe.steps) {
    const definition = lookupStep(step.step);
    if (definition.refusesUnknown) return false;
    columns = [...columnsAfterStep(columns, step, lookupStep)];
    const column = columns.find((each) => each.name === name);
    if (definition.apply && column?.nulls === 0 && isClassColumn(column)) return true;
  }
  return false;
}
