import type { Params } from '../document/document';
import type { Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';
import type { Problem } from '../problem';
import type { AggregateRequest } from '../runs/run-context';
import type { Column } from '../types/ports';

/** A preparation step as it stands in a recipe: data. */
export interface RecipeStep {
  readonly step: string;
  /** The name of the node it came from, for messages. */
  readonly node: string;
  readonly params: Params;
}

/** What fitting a value step learned, by column. */
export type Fitted = Readonly<Record<string, FittedColumn>>;
export type FittedColumn = Readonly<Record<string, number | string | boolean | null | readonly (number | string)[]>>;

/** A recipe whose value steps are fitted: it travels with the model. */
export interface FittedRecipe {
  /** Raw columns, as the source gives them. */
  readonly columns: readonly Column[];
  readonly steps: readonly (RecipeStep & { readonly fitted: Fitted })[];
}

/** SQL for one column: the expression so far (already wrapped), to be wrapped again. Strings are quoted by `quote`. */
export interface SqlColumn {
  readonly column: Column;
  readonly sql: string;
}

/**
 * A column's value inside a program: float32 `[batch, …]`, or int32 codes `[batch]` for columns with classes. A column
 * whose numbers float32 cannot tell apart is float64 until a step scales or encodes it.
 */
export interface ProgramColumn {
  readonly column: Column;
  readonly value: Value;
}

/** Two meanings of columns that are computed from others of the same row; the catalogue test holds them equal. */
export interface AddedColumns<P extends Params> {
  readonly columns: (params: P) => readonly string[];
  /** SQL over the columns before, by the name of the new column. */
  readonly sql: (columns: readonly Column[], params: P) => Readonly<Record<string, string>>;
  /** The same as ops over the columns that are in the program. */
  readonly apply: (
    b: ProgramBuilder,
    columns: ReadonlyMap<string, ProgramColumn>,
    params: P,
  ) => Readonly<Record<string, Value>>;
  /** The params once a later node has said what the new column is for. */
  readonly withRole: (params: P, role: Column['role']) => P;
}

export interface ColumnContext<P extends Params> {
  /** What fitting learned of this column. */
  readonly fitted: FittedColumn;
  readonly params: P;
}

/**
 * A preparation step. *Value steps* (impute, clip, encode, scale) have `fit?`, `sql` and `apply`, which must agree:
 * the catalogue test feeds the same rows to both. *Row steps* (drop, deduplicate, filter) have `rows`.
 *
 * Codes of a column with classes: `0 … n-1` in the order of `classes`, `n` for a value never seen, `n+1` for a
 * missing one. A missing number is NaN inside programs and NULL in SQL.
 */
export interface StepDefinition<P extends Params = Params> {
  readonly name: string;
  /** The columns after this step, or a problem (with `param` and a fix) where it cannot handle them. */
  readonly columns: (columns: readonly Column[], params: P) => readonly Column[] | Problem;
  /** Row step: a SQL condition on the rows to keep, and whether duplicates go. */
  readonly rows?: (
    columns: readonly SqlColumn[],
    params: P,
  ) => { readonly keep?: string; readonly distinctOn?: readonly string[] };
  /** Columns that the step reads as the source gives them: no value step may have changed them before. */
  readonly reads?: (columns: readonly Column[], params: P) => readonly string[];
  /** Columns that the step adds to each row. */
  readonly adds?: AddedColumns<P>;
  /** Aggregates to ask of the training rows: for each touched column, names → aggregates. */
  readonly fit?: (columns: readonly SqlColumn[], params: P) => AggregateRequest;
  /** The same change in SQL, for previews and for fitting later steps: the new expression by column name. */
  readonly sql?: (column: SqlColumn, context: ColumnContext<P>) => string;
  /** The same change as ops: one column in, its new value out. */
  readonly apply?: (b: ProgramBuilder, column: ProgramColumn, context: ColumnContext<P>) => Value;
  /** Whether this step touches the column; the target is touched only by steps that say so. */
  readonly touches: (column: Column, params: P) => boolean;
  /** Whether serving must refuse values of the touched columns that were never seen: no graph can. */
  readonly refusesUnknown?: (params: P) => boolean;
  /** Undoes the step on a predicted target: regression targets that were scaled are scaled back. */
  readonly invert?: (b: ProgramBuilder, value: Value, context: ColumnContext<P>) => Value;
  /** Examples on which the catalogue test compares `sql` with `apply`. */
  readonly samples: readonly {
    readonly columns: readonly Column[];
    readonly rows: readonly (readonly (number | string | null)[])[];
    readonly params: P;
  }[];
}

export function defineStep<P extends Params>(definition: StepDefinition<P>): StepDefinition {
  // A catalogue holds steps of all params; each step only ever receives params its own node's schema has checked.
  return definition as unknown as StepDefinition;
}
