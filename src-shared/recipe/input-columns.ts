import type { Vocabularies } from '../compile/passes/cut-lookups';
import type { Program } from '../ops/program';
import type { DType, TensorData } from '../ops/tensor';
import { lookupStep } from './catalog';
import type { FittedRecipe } from './define-step';
import { strictColumns } from './policies';
import { columnsAfterStep } from './prologue';

/** A raw column that the model asks for. */
export interface InputColumn {
  readonly name: string;
  readonly dtype: DType;
  /** Shape of one row's value; empty for a single value. */
  readonly shape: readonly number[];
  /** Words that have a code; present where the column is looked up in a vocabulary. */
  readonly vocabulary?: readonly string[];
  /** Classes beyond which a value is refused: the preparation's policy for values never seen is `error`. */
  readonly only?: readonly string[];
  /** Whether a row may lack the value: some preparation step says what then happens. */
  readonly mayMiss: boolean;
}

/** One tensor per column, rows first; texts stand as int32 codes. */
export type Feeds = Readonly<Record<string, TensorData>>;

/** The raw columns of a program whose lookups are cut, with what the recipe refuses instead of handling. */
export function inputColumns(program: Program, vocabularies: Vocabularies, recipe: FittedRecipe): InputColumn[] {
  const strict = new Map(strictColumns(recipe, lookupStep).map((column) => [column.name, column]));
  const filled = filledColumns(recipe, new Set(strict.keys()));
  return Object.entries(program.inputs).map(([name, { dtype, shape }]) => {
    const vocabulary = vocabularies[name];
    const policy = strict.get(name);
    return {
      name,
      dtype,
      shape: shape.slice(1).map(Number),
      ...(vocabulary ? { vocabulary } : {}),
      ...(policy ? { only: policy.classes } : {}),
      mayMiss: policy ? !policy.refusesMissing : filled.has(name),
    };
  });
}

/**
 * Columns in which nothing is missing any more once every step is done, whatever came in. The strict ones are left
 * out: their encoding would not even be planned with gaps.
 */
function filledColumns(recipe: FittedRecipe, strict: ReadonlySet<string>): Set<string> {
  const gaps = recipe.columns.map((column) => (strict.has(column.name) ? column : { ...column, nulls: 1 }));
  const columns = recipe.steps.reduce<FittedRecipe['columns']>(
    (before, step) => (lookupStep(step.step).rows ? before : columnsAfterStep(before, step, lookupStep)),
    gaps,
  );
  return new Set(columns.filter(({ nulls }) => nulls === 0).map(({ name }) => name));
}
