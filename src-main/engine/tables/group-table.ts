import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBMapValue, type DuckDBValue } from '@duckdb/node-api';
import { fitRecipe, recipeSql } from '../../../src-shared/recipe/fit-recipe';
import { quoteName, quoteText } from '../../../src-shared/recipe/sql';
import type { AggregateRequest, GroupRequest } from '../../../src-shared/runs/run-context';
import type { TableSource, TabularValue } from '../../../src-shared/runs/values';
import type { Column } from '../../../src-shared/types/ports';
import { aggregateRows } from './aggregate-rows';
import { aggregateSlices, type PreparedQuery } from './aggregate-slices';
import { type Grouping, loadSliced, type SlicedRows } from './load-sliced';
import { rowsToGroup } from './rows-to-group';

/**
 * Groups a table: of the rows that are kept only the columns that are needed are read. What value steps learn is learned
 * from the training rows, as for a model.
 */
export async function groupTable(grouping: Grouping, value: TabularValue, request: GroupRequest): Promise<TableSource> {
  const asked = [...request.by, ...request.measures.map(({ column }) => column)];
  const rows = await loadSliced(grouping, value, asked);
  try {
    const { sql, drop } = await groupQuery(rows, request);
    return await keep(grouping, sql, columnsOf(rows.columns, request)).finally(drop);
  } finally {
    await rows.drop();
  }
}

/** What gives the grouped rows. */
async function groupQuery(loaded: SlicedRows, { by, measures, count }: GroupRequest): Promise<PreparedQuery> {
  const { database, columns, value } = loaded;
  const rows = await rowsToGroup(loaded);
  try {
    const aggregate = async (_: 'train', request: AggregateRequest) =>
      aggregateRows(database, await rows.train(), request);
    const recipe = await fitRecipe({ columns, aggregate }, value.steps, 'train');
    const sqlOf = new Map(recipeSql(recipe).map(({ column, sql }) => [column.name, sql]));
    const computed = measures.map(({ name, column, aggregate }) => {
      return { name, aggregate, sql: `CAST(${sqlOf.get(column) ?? quoteName(column)} AS DOUBLE)` };
    });
    const asked = { by, measures: [{ name: count, aggregate: 'count', sql: '*' } as const, ...computed] };
    const query = await aggregateSlices(database, rows.kept, asked);
    return { sql: query.sql, drop: () => query.drop().finally(rows.drop) };
  } catch (error) {
    await rows.drop();
    throw error;
  }
}

/** The columns that come out, as far as they are known without the rows. */
function columnsOf(columns: readonly Column[], { by, measures, count }: GroupRequest): Column[] {
  const keys = columns.filter(({ name }) => by.includes(name)).map(({ range: _, nulls: __, ...column }) => column);
  const inOrder = by.flatMap((name) => keys.filter((column) => column.name === name));
  const numbers = measures.map(({ name }): Column => ({ name, type: { kind: 'float' }, role: 'feature' }));
  return [...inOrder, { name: count, type: { kind: 'int' }, role: 'feature' }, ...numbers];
}

async function keep({ database, options }: Grouping, sql: string, columns: readonly Column[]): Promise<TableSource> {
  const path = join(options.tempFolder, `${randomBytes(6).toString('hex')}.parquet`);
  try {
    const [written = {}] = await database.rows(
      `COPY (${sql}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd, RETURN_STATS)`,
    );
    const blob = await options.store.put(await readFile(path));
    const rows = Number(written.count);
    const nulls = nullCounts(written.column_statistics);
    const nullsOf = (name: string) => {
      const count = rows === 0 ? 0 : nulls.get(quoteName(name));
      if (count === undefined) throw new Error(`DuckDB does not say how many values of "${name}" are missing.`);
      return count;
    };
    const known = columns.map((column) => ({ ...column, nulls: nullsOf(column.name) }));
    return { scan: { kind: 'parquet', blob }, columns: known, rows, blocks: {} };
  } finally {
    await rm(path, { force: true });
  }
}

/** How many values of each column are missing, by its quoted name, as DuckDB says it of a file that it has written. */
function nullCounts(statistics: DuckDBValue | undefined): Map<string, number> {
  const columns = statistics instanceof DuckDBMapValue ? statistics.entries : [];
  return new Map(
    columns.flatMap(({ key, value }): [string, number][] => {
      const facts = value instanceof DuckDBMapValue ? value.entries : [];
      const count = facts.find((fact) => fact.key === 'null_count')?.value;
      return count === undefined ? [] : [[String(key), Number(count)]];
    }),
  );
}
