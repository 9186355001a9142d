import type { Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';
import type { Column } from '../types/ports';
import { isWide, type StepLookup } from './columns';
import type { ColumnContext, FittedRecipe } from './define-step';
import { applyStep, columnsAfterStep } from './prologue';

interface TargetSteps {
  readonly recipe: FittedRecipe;
  /** The name of the target column. */
  readonly target: string;
  readonly lookupStep: StepLookup;
}

/** A numeric target through the value steps that touch it: any shape in, the same shape out. */
export function applyTarget(b: ProgramBuilder, value: Value, { recipe, target, lookupStep }: TargetSteps): Value {
  let columns = recipe.columns;
  let result = value;
  for (const step of recipe.steps) {
    const column = findTarget(columns, target);
    if (column) result = applyStep(b, { column, value: result }, { step, lookupStep });
    columns = columnsAfterStep(columns, step, lookupStep);
  }
  return result;
}

/**
 * A prediction back in the target's own units: the steps that touched the target, undone from last to first. In float64
 * where the target's numbers are.
 */
export function invertTarget(b: ProgramBuilder, value: Value, { recipe, target, lookupStep }: TargetSteps): Value {
  const undo: ((value: Value) => Value)[] = [];
  let columns = recipe.columns;
  for (const step of recipe.steps) {
    const { invert, touches } = lookupStep(step.step);
    const column = findTarget(columns, target);
    if (invert && column && touches(column, step.params)) {
      const context: ColumnContext<typeof step.params> = { fitted: step.fitted[target] ?? {}, params: step.params };
      undo.unshift((scaled) => b.inScope(step.node, () => invert(b, scaled, context)));
    }
    columns = columnsAfterStep(columns, step, lookupStep);
  }
  const given = findTarget(recipe.columns, target);
  // What is added to a time would be lost beside it in float32.
  const start = undo.length > 0 && given && isWide(given) ? b.cast(value, 'float64') : value;
  return undo.reduce((result, step) => step(result), start);
}

/** Whether any step changes the target's numbers. */
export function scalesTarget({ recipe, target, lookupStep }: TargetSteps): boolean {
  let columns = recipe.columns;
  for (const step of recipe.steps) {
    const column = findTarget(columns, target);
    const definition = lookupStep(step.step);
    if (column && definition.apply && definition.touches(column, step.params)) return true;
    columns = columnsAfterStep(columns, step, lookupStep);
  }
  return false;
}

function findTarget(columns: readonly Column[], name: string): Column | undefined {
  return columns.find((column) => column.name === name);
}
