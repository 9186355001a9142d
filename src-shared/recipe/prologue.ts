import type { Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';
import { tensorType } from '../ops/tensor';
import { isProblem, ProblemError, problem } from '../problem';
import type { Column } from '../types/ports';
import { isClassColumn, isWide, type StepLookup } from './columns';
import type { Fitted, FittedRecipe, RecipeStep } from './define-step';
import { featureColumns, featureType } from './features';

/**
 * Puts a fitted recipe in front of a model: raw columns in, each feature's value out, by its name. Inputs are named as
 * the columns: numbers float32 `[batch]` (NaN where missing; float64 where float32 would lose digits), texts string
 * `[batch]` (empty where missing), images in their own type `[batch, …shape]`.
 * @param only the features that are asked for; absent: all of them
 */
export function addPrologue(
  b: ProgramBuilder,
  recipe: FittedRecipe,
  { lookupStep, only }: { readonly lookupStep: StepLookup; readonly only?: ReadonlySet<string> },
): ReadonlyMap<string, Value> {
  let columns = recipe.columns;
  const asked = inputNames(recipe, { lookupStep, ...(only ? { only } : {}) });
  let values: ReadonlyMap<string, Value> = new Map(
    columns.filter(({ name }) => asked.has(name)).map((column) => [column.name, addInput(b, column)]),
  );
  for (const step of recipe.steps) {
    values = valuesAfterStep(b, { columns, values }, { step, lookupStep });
    columns = columnsAfterStep(columns, step, lookupStep);
  }
  const features = featureColumns(columns).filter(({ name }) => !only || only.has(name));
  const type = featureType({ columns: features });
  if (isProblem(type) && type.severity === 'error' && type.code !== 'features-do-not-mix') throw new ProblemError(type);
  return new Map(
    features.flatMap(({ name }) => {
      const value = values.get(name);
      return value ? [[name, value] as const] : [];
    }),
  );
}

/** The columns as they are once every step is done. */
export function preparedColumns({ columns, steps }: FittedRecipe, lookupStep: StepLookup): readonly Column[] {
  return steps.reduce((before, step) => columnsAfterStep(before, step, lookupStep), columns);
}

/** The features of the source, and what columns that become features are computed from. */
function inputNames(
  { columns, steps }: FittedRecipe,
  { lookupStep, only }: { readonly lookupStep: StepLookup; readonly only?: ReadonlySet<string> },
): ReadonlySet<string> {
  const before: (readonly Column[])[] = [];
  let standing = columns;
  for (const step of steps) {
    before.push(standing);
    standing = columnsAfterStep(standing, step, lookupStep);
  }
  const features = featureColumns(standing).map(({ name }) => name);
  const asked = new Set(features.filter((name) => !only || only.has(name)));
  for (const [i, step] of [...steps.entries()].reverse()) {
    const { adds, reads } = lookupStep(step.step);
    if (!adds?.columns(step.params).some((name) => asked.has(name))) continue;
    for (const name of reads?.(before[i] ?? [], step.params) ?? []) asked.add(name);
  }
  const target = columns.find(({ name, role }) => role === 'target' && asked.has(name));
  if (target) throw new ProblemError(problem('derive-reads-target', { column: target.name }));
  return asked;
}

interface Standing {
  readonly columns: readonly Column[];
  readonly values: ReadonlyMap<string, Value>;
}

interface AppliedStep {
  readonly step: RecipeStep & { readonly fitted: Fitted };
  readonly lookupStep: StepLookup;
}

/** All columns of a program through one step, with those that it adds where what they are computed from is there. */
export function valuesAfterStep(
  b: ProgramBuilder,
  { columns, values }: Standing,
  { step, lookupStep }: AppliedStep,
): ReadonlyMap<string, Value> {
  const after = new Map(values);
  for (const column of columns) {
    const value = values.get(column.name);
    if (value) after.set(column.name, applyStep(b, { column, value }, { step, lookupStep }));
  }
  const { adds, reads } = lookupStep(step.step);
  if (!adds || !reads?.(columns, step.params).every((name) => values.has(name))) return after;
  const given = new Map(
    columns.flatMap((column) => {
      const value = values.get(column.name);
      return value ? [[column.name, { column, value }] as const] : [];
    }),
  );
  const added = b.inScope(step.node, () => adds.apply(b, given, step.params));
  for (const [name, value] of Object.entries(added)) after.set(name, value);
  return after;
}

/** The input of a raw column; texts are looked up at once and become codes. */
export function addInput(b: ProgramBuilder, column: Column): Value {
  const { name, type } = column;
  if (type.kind === 'tensor') return b.input(name, tensorType(type.dtype, ['batch', ...type.shape]));
  if (!isClassColumn(column)) return b.input(name, tensorType(isWide(column) ? 'float64' : 'float32', ['batch']));
  const words = b.input(name, tensorType('string', ['batch']));
  return b.value('lookup', { x: words }, { vocabulary: [...(column.classes ?? [])] });
}

/** One column through one step; unchanged where the step does not touch it. */
export function applyStep(
  b: ProgramBuilder,
  { column, value }: { readonly column: Column; readonly value: Value },
  { step, lookupStep }: AppliedStep,
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

/** Features side by side, float32: `[batch, …shape]` of one image, else `[batch, n]`. */
export function joinFeatures(b: ProgramBuilder, values: readonly Value[]): Value {
  const floats = values.map((value) => b.cast(value, 'float32'));
  const parts = floats.map((value) => (value.type.shape.length === 1 ? b.reshape(value, ['batch', 1]) : value));
  const [first] = parts;
  if (!first) throw new Error('A model has at least one feature.');
  return parts.length === 1 ? first : b.value('concat', { xs: parts }, { axis: 1 });
}
