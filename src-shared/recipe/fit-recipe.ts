import { isProblem, ProblemError } from '../problem';
import type { AggregateRequest, OpenTable } from '../runs/run-context';
import type { Column } from '../types/ports';
import { lookupStep } from './catalog';
import { addedColumns, rawSql } from './columns';
import type { Fitted, FittedRecipe, RecipeStep, SqlColumn, StepDefinition } from './define-step';

/** Columns and their SQL as they stand between two steps. */
interface Standing {
  readonly columns: readonly Column[];
  readonly sql: Readonly<Record<string, string>>;
}

/** What can be asked for aggregates over some rows, named in whatever way it understands. */
export interface Fittable<Rows> extends Pick<OpenTable, 'columns'> {
  aggregate(rows: Rows, request: AggregateRequest): Promise<Fitted>;
}

/**
 * Fits every value step on the given source rows: each one's aggregates are asked of the expressions that the steps
 * before it have made, so nothing is stored in between and no other row is looked at. Columns that steps add are there.
 */
export async function fitRecipe<Rows>(
  open: Fittable<Rows>,
  steps: readonly RecipeStep[],
  rows: Rows,
): Promise<FittedRecipe> {
  const fittedSteps: (RecipeStep & { readonly fitted: Fitted })[] = [];
  const added = addedColumns(steps, lookupStep);
  const raw = open.columns.filter(({ name }) => !added.has(name));
  let standing = standingOf(raw);
  for (const step of steps) {
    const definition = lookupStep(step.step);
    const request = fitRequest(definition, step, standing);
    const fitted = Object.keys(request).length === 0 ? {} : await open.aggregate(rows, request);
    fittedSteps.push({ ...step, fitted });
    standing = afterStep(definition, { ...step, fitted }, standing);
  }
  return { columns: raw, steps: fittedSteps };
}

/** The columns of a fitted recipe with the SQL that makes them from raw ones: for previews. */
export function recipeSql(recipe: FittedRecipe): SqlColumn[] {
  let standing = standingOf(recipe.columns);
  for (const step of recipe.steps) standing = afterStep(lookupStep(step.step), step, standing);
  return standing.columns.map((column) => ({ column, sql: standing.sql[column.name] ?? rawSql(column) }));
}

function standingOf(columns: readonly Column[]): Standing {
  return { columns, sql: Object.fromEntries(columns.map((column) => [column.name, rawSql(column)])) };
}

function touchedColumns(definition: StepDefinition, step: RecipeStep, { columns, sql }: Standing): SqlColumn[] {
  return columns
    .filter((column) => column.type.kind !== 'tensor' && definition.touches(column, step.params))
    .map((column) => ({ column, sql: sql[column.name] ?? rawSql(column) }));
}

function fitRequest(definition: StepDefinition, step: RecipeStep, standing: Standing) {
  return definition.fit?.(touchedColumns(definition, step, standing), step.params) ?? {};
}

function afterStep(
  definition: StepDefinition,
  step: RecipeStep & { readonly fitted: Fitted },
  standing: Standing,
): Standing {
  const columns = definition.columns(standing.columns, step.params);
  if (isProblem(columns)) throw new ProblemError({ ...columns, node: columns.node ?? step.node });
  if (!definition.sql) return { ...standing, columns };
  const sql = { ...standing.sql };
  for (const touched of touchedColumns(definition, step, standing)) {
    const { name } = touched.column;
    sql[name] = definition.sql(touched, { fitted: step.fitted[name] ?? {}, params: step.params });
  }
  return { columns, sql };
}
