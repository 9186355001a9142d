import { quoteName, quoteText } from '../../../src-shared/recipe/sql';
import type { Database } from './database';

/** A name that no column has: the number of a row in the file, where a query reads it. */
export const rowColumn = '"\u0001row"';

/**
 * Fewer rows are not worth a query of their own, and however many there are, so many slices keep all processors busy.
 * Neither depends on the machine: sums of floating-point numbers come out the same everywhere.
 */
const leastRows = 600_000;
const mostSlices = 16;

/** DuckDB keeps the rows of a table in memory in groups of so many. */
const groupRows = 122_880;

/** Rows of a table that follow each other; `from` is what stands for them in SQL. */
export interface Slice {
  readonly from: string;
  readonly rowCount: number;
}

/** Cuts a table in memory. */
export function tableSlices(table: string, rowCount: number): Slice[] {
  const groups = Array.from({ length: Math.ceil(rowCount / groupRows) }, (_, i) =>
    Math.min(groupRows, rowCount - i * groupRows),
  );
  const cuts = cutsOf(groups);
  return cuts.map((first, i) => ({
    from: between(quoteName(table), 'rowid', [first, cuts[i + 1]]),
    rowCount: (cuts[i + 1] ?? rowCount) - first,
  }));
}

/** Cuts the rows of a Parquet file, numbered in `rowColumn`: what stands for each slice in SQL, as `from` does for all. */
export async function cutFile(
  { database, from }: { readonly database: Database; readonly from: string },
  { path, rows }: { readonly path: string; readonly rows: number },
): Promise<string[]> {
  const cuts = rows > leastRows ? cutsOf(await readGroups(database, path)) : [0];
  return cuts.map((first, i) => between(from, rowColumn, [first, cuts[i + 1]]));
}

/** How many rows each slice has. */
export async function countSlices(database: Database, froms: readonly string[]): Promise<Slice[]> {
  const counted = await database.rowsOfEach(froms.map((from) => `SELECT count(*) AS n FROM ${from}`));
  return froms.map((from, i) => ({ from, rowCount: Number(counted[i]?.[0]?.n ?? 0) }));
}

/** How many rows the groups of a Parquet file have: one thread reads a whole group. */
async function readGroups(database: Database, path: string): Promise<number[]> {
  const found = await database.rows(
    `SELECT row_group_id AS id, row_group_num_rows AS n FROM parquet_metadata(${quoteText(path)}) WHERE column_id = 0`,
  );
  return found.sort((a, b) => Number(a.id) - Number(b.id)).map(({ n }) => Number(n));
}

/** Where slices of whole groups begin. */
function cutsOf(groups: readonly number[]): number[] {
  const size = Math.max(leastRows, groups.reduce((sum, rows) => sum + rows, 0) / mostSlices);
  const cuts = [0];
  let row = 0;
  for (const rows of groups) {
    if (row - (cuts.at(-1) ?? 0) >= size) cuts.push(row);
    row += rows;
  }
  return cuts;
}

/** The last slice has no end: a file may have grown. */
function between(from: string, row: string, [first, end]: readonly [first: number, end: number | undefined]): string {
  if (first === 0 && end === undefined) return from;
  const below = end === undefined ? '' : ` AND ${row} < ${end}`;
  return `(SELECT * FROM ${from} WHERE ${row} >= ${first}${below})`;
}
