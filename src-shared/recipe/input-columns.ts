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
  /** Points in time: milliseconds since 1970, or a text as ISO 8601 writes it. */
  readonly isTime?: true;
  /** Whether a row may lack the value: some preparation step says what then happens. */
  readonly mayMiss: boolean;
}

/** One tensor per column, rows first; texts stand as int32 codes. */
export type Feeds = Readonly<Record<string, TensorData>>;

/** The raw columns of a program whose lookups are cut, with what the recipe refuses instead of handling. */
export function inputColumns(program: Program, vocabularies: Vocabularies, recipe: FittedRecipe): InputColumn[] {
  const strict = new Map(strictColumns(recipe, lookupStep).map((column) => [column.name, column]));
  const filled = filledColumns(recipe, new Set(strict.keys()));
  const times = new Set(recipe.columns.flatMap(({ name, type }) => (type.kind === 'time' ? [name] : [])));
  return Object.entries(program.inputs).map(([name, { dtype, shape }]) => {
    const vocabulary = vocabularies[name];
    const policy = strict.get(name);
    return {
      name,
      dtype,
      shape: shape.slice(1).map(Number),
      ...(vocabulary ? { vocabulary } : {}),
      ...(times.has(name) ? { isTime: true as const } : {}),
      ...(policy ? { only: policy.classes } : {}),
      mayMiss: policy ? !policy.refusesMissing : filled.has(name),
    };
  });
}

/**
 * Columns that may be missing in a row because nothing is missing any more once every step is done: in them, where they
 * are features themselves, and in the features that are computed from them. The strict ones are left out: their
 * encoding would not even be planned with gaps.
 */
function filledColumns(recipe: FittedRecipe, strict: ReadonlySet<string>): Set<string> {
  let columns: FittedRecipe['columns'] = recipe.columns.map((column) =>
    strict.has(column.name) ? column : { ...column, nulls: 1 },
  );
  const computed = new Map<string, string[]>();
  for (const step of recipe.steps) {
    const { rows, reads, adds } = lookupStep(step.step);
    if (rows) continue;
    for (const name of reads?.(columns, step.params) ?? []) {
      computed.set(name, [...(computed.get(name) ?? []), ...(adds?.columns(step.params) ?? [])]);
    }
    columns = columnsAfterStep(columns, step, lookupStep);
  }
  const isFilled = (name: string) => {
    const column = columns.find((each) => each.name === name);
    return column?.role !== 'feature' || column.nulls === 0;
  };
  const names = recipe.columns.map(({ name }) => name);
  return new Set(names.filter((name) => [name, ...(computed.get(name) ?? [])].every(isFilled)));
}
