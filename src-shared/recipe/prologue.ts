import type { Column } from '../nodes/ports';
import type { Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';
import { tensorType } from '../ops/tensor';
import { isProblem, ProblemError } from '../problem';
import { isClassColumn, type StepLookup } from './columns';
import type { Fitted, FittedRecipe, RecipeStep } from './define-step';
import { featureColumns, featureType } from './features';

/**
 * Puts a fitted recipe in front of a model: raw feature columns in, `features` out. Inputs are named as the columns:
 * numbers float32 `[batch]` (NaN where missing), texts string `[batch]` (empty where missing), images in their own
 * type `[batch, …shape]`. `features` is float32: `[batch, …shape]` of one image column, else `[batch, n]`.
 */
export function addPrologue(b: ProgramBuilder, recipe: FittedRecipe, lookupStep: StepLookup): { features: Value } {
  let columns = recipe.columns;
  const values = new Map(featureColumns(columns).map((column) => [column.name, addInput(b, column)]));
  for (const step of recipe.steps) {
    for (const column of columns) {
      const value = values.get(column.name);
      if (value) values.set(column.name, applyStep(b, { column, value }, { step, lookupStep }));
    }
    columns = columnsAfterStep(columns, step, lookupStep);
  }
  const type = featureType({ columns });
  if (isProblem(type) && type.severity === 'error') throw new ProblemError(type);
  const features = featureColumns(columns).map(({ name }) => values.get(name));
  return {
    features: joinFeatures(
      b,
      features.filter((value) => value !== undefined),
    ),
  };
}

/** The input of a raw column; texts are looked up at once and become codes. */
export function addInput(b: ProgramBuilder, column: Column): Value {
  const { name, type } = column;
  if (type.kind === 'tensor') return b.input(name, tensorType(type.dtype, ['batch', ...type.shape]));
  if (!isClassColumn(column)) return b.input(name, tensorType('float32', ['batch']));
  const words = b.input(name, tensorType('string', ['batch']));
  return b.value('lookup', { x: words }, { vocabulary: [...(column.classes ?? [])] });
}

/** One column through one step; unchanged where the step does not touch it. */
export function applyStep(
  b: ProgramBuilder,
  { column, value }: { readonly column: Column; readonly value: Value },
  { step, lookupStep }: { readonly step: RecipeStep & { readonly fitted: Fitted }; readonly lookupStep: StepLookup },
): Value {
  const { apply, touches } = lookupStep(step.step);
  if (!apply || !touches(column, step.params)) return value;
  const context = { fitted: step.fitted[column.name] ?? {}, params: step.params };
  return b.inScope(step.node, () => apply(b, { column, value }, context));
}

export function columnsAfterStep(
  columns: readonly Column[],
  step: RecipeStep,
  lookupStep: StepLookup,
): readonly Column[] {
  const next = lookupStep(step.step).columns(columns, step.params);
  if (isProblem(next)) throw new ProblemError({ ...next, node: next.node ?? step.node });
  return next;
}

function joinFeatures(b: ProgramBuilder, values: readonly Value[]): Value {
  const floats = values.map((value) => b.cast(value, 'float32'));
  const parts = floats.map((value) => (value.type.shape.length === 1 ? b.reshape(value, ['batch', 1]) : value));
  const [first] = parts;
  if (!first) throw new Error('A model has at least one feature.');
  return parts.length === 1 ? first : b.value('concat', { xs: parts }, { axis: 1 });
}
