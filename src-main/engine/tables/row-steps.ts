import { isProblem, ProblemError } from '../../../src-shared/problem';
import { rawSql, type StepLookup } from '../../../src-shared/recipe/columns';
import type { RecipeStep } from '../../../src-shared/recipe/define-step';
import { quoteName } from '../../../src-shared/recipe/sql';
import type { Column } from '../../../src-shared/types/ports';
import type { Database } from './database';
import { readNumbers } from './read-numbers';
import type { Slice } from './slices';

/** Rows still in the table: 1 kept, 0 dropped. */
export type RowMask = Uint8Array;

/**
 * Performs the row steps among `steps` on the rows that `touches` names (all rows before the split, training rows
 * after it). Value steps only change what later row steps see of the columns' facts: conditions are asked of the
 * raw values, because nothing is fitted yet.
 */
export async function applyRowSteps(
  source: {
    readonly database: Database;
    readonly table: string;
    readonly slices: readonly Slice[];
    readonly lookupStep: StepLookup;
    /** How many steps have had their rows dropped while the table was read. */
    readonly applied?: number;
  },
  steps: readonly RecipeStep[],
  state: { columns: readonly Column[]; readonly mask: RowMask; readonly touches: (row: number) => boolean },
): Promise<void> {
  for (const [i, { step, node, params }] of steps.entries()) {
    const definition = source.lookupStep(step);
    if (definition.rows && i >= (source.applied ?? 0)) {
      const sqlColumns = state.columns.map((column) => ({ column, sql: rawSql(column) }));
      const { keep, distinctOn } = definition.rows(sqlColumns, params);
      if (keep !== undefined) await dropUnkept(source, keep, state);
      if (distinctOn && distinctOn.length > 0) await dropDuplicates(source, distinctOn, state);
    }
    const next = definition.columns(state.columns, params);
    if (isProblem(next)) throw new ProblemError({ ...next, node: next.node ?? node });
    state.columns = next;
  }
}

type Rows = Parameters<typeof applyRowSteps>[2];
type Source = Parameters<typeof applyRowSteps>[0];

async function dropUnkept({ database, slices }: Source, keep: string, { mask, touches }: Rows): Promise<void> {
  const kept = new Uint8Array(mask.length);
  const sql = `CAST(coalesce((${keep}), false) AS UTINYINT)`;
  await readNumbers(database, slices, [{ sql, into: kept, missing: 0 }]);
  for (let row = 0; row < mask.length; row++) if (kept[row] === 0 && touches(row)) mask[row] = 0;
}

/** The first row of each group of equal ones stays, counted among the rows that the step works on. */
async function dropDuplicates(
  { database, table }: Source,
  distinctOn: readonly string[],
  { mask, touches }: Rows,
): Promise<void> {
  const seen = new Uint8Array(mask.length);
  const groups = new Int32Array(mask.length);
  const sql = `CAST(min(rowid) OVER (PARTITION BY ${distinctOn.join(', ')}) AS INTEGER)`;
  const from = `(SELECT ${sql} AS g FROM ${quoteName(table)} ORDER BY rowid)`;
  await readNumbers(database, [{ from, rowCount: mask.length }], [{ sql: 'g', into: groups, missing: 0 }]);
  for (let row = 0; row < mask.length; row++) {
    const group = groups[row] ?? 0;
    if (mask[row] === 0 || !touches(row)) continue;
    if (seen[group] === 1) mask[row] = 0;
    seen[group] = 1;
  }
}
