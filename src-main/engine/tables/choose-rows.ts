import { quoteName } from '../../../src-shared/recipe/sql';
import { codeSlices } from './code-rows';
import type { Database } from './database';

/** What stands in SQL for a table, before WHERE, and which of its rows are meant. */
export interface SomeRows {
  readonly from: string;
  readonly condition: string;
}

export interface ChosenRows extends SomeRows {
  /** To be called when it has been asked. */
  readonly drop: () => Promise<void>;
}

/** Some rows of a table, for SQL. */
export async function chooseRows(
  { database, table, rowCount }: { readonly database: Database; readonly table: string; readonly rowCount: number },
  rows: Int32Array,
): Promise<ChosenRows> {
  const whole = { from: quoteName(table), rowCount };
  const { slices, drop } = await codeSlices({ database, table }, [whole], chosenCodes(rowCount, rows));
  const [{ from, code } = { from: whole.from, code: '0' }] = slices;
  return { from, condition: `${code} = 1`, drop };
}

/** 1 for each of the rows, 0 for the others. */
export function chosenCodes(rowCount: number, rows: Int32Array): Uint8Array {
  const chosen = new Uint8Array(rowCount);
  for (let i = 0; i < rows.length; i++) chosen[rows[i] ?? 0] = 1;
  return chosen;
}

/** A condition that at least these rows meet, and few others: DuckDB skips quickly what is out of a range. */
export function nearRows(rows: ArrayLike<number>): string {
  const numbers = Array.from(rows);
  const low = numbers.reduce((least, row) => Math.min(least, row), Number.POSITIVE_INFINITY);
  const high = numbers.reduce((most, row) => Math.max(most, row), 0);
  if (high - low < 4 * numbers.length) return `rowid BETWEEN ${low} AND ${high}`;
  return `rowid IN (${[...new Set(numbers)].join(', ')})`;
}
