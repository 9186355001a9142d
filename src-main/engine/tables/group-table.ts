import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { rowsOf } from '../../../src-shared/fit/read-feeds';
import type { Column } from '../../../src-shared/nodes/ports';
import { fail } from '../../../src-shared/problem';
import { lookupStep } from '../../../src-shared/recipe/catalog';
import { fitRecipe, recipeSql } from '../../../src-shared/recipe/fit-recipe';
import { quoteName, quoteText } from '../../../src-shared/recipe/sql';
import { type GroupRequest, splitCodes } from '../../../src-shared/runs/run-context';
import type { TableSource, TabularValue } from '../../../src-shared/runs/values';
import { addColumns } from './add-columns';
import { assignRows } from './assign-rows';
import { type ChosenRows, chooseRows } from './choose-rows';
import type { Database } from './database';
import { countRows, createTable, type TablesOptions } from './load-table';
import { type LoadedTable, openTable } from './open-table';
import { neededColumns, pushedConditions } from './pushed-steps';

interface Grouping {
  readonly database: Database;
  readonly options: TablesOptions;
  /** A name for the table that holds the rows while they are grouped. */
  readonly table: string;
}

/**
 * Groups a table: one query reads the columns that are needed of the rows that are kept, another one groups them. What
 * value steps learn is learned from the training rows, as for a model.
 */
export async function groupTable(
  { database, options, table }: Grouping,
  value: TabularValue,
  request: GroupRequest,
): Promise<TableSource> {
  try {
    const loaded = await loadNeeded({ database, options, table }, value, request);
    const { sql, chosen } = await groupQuery(loaded, request);
    try {
      return await keep({ database, options, table }, sql, columnsOf(loaded.columns, request));
    } finally {
      await chosen.drop();
    }
  } finally {
    await database.run(`DROP TABLE IF EXISTS ${quoteName(table)}`);
  }
}

async function loadNeeded(
  { database, options, table }: Grouping,
  value: TabularValue,
  { by, measures }: GroupRequest,
): Promise<LoadedTable> {
  const added = addColumns(value, lookupStep);
  const { conditions, applied } = pushedConditions(value, lookupStep);
  const asked = [...by, ...measures.map(({ column }) => column)];
  const unknown = asked.find((name) => !added.columns.some((column) => column.name === name));
  const names = added.columns.map(({ name }) => name);
  if (unknown !== undefined) fail('column-not-found', { column: unknown, columns: names.join(', ') });
  const needed = neededColumns(value, { asked, applied, lookupStep });
  // A table needs a column, whatever is asked of it.
  const list = needed.length > 0 ? needed.map(quoteName).join(', ') : '1 AS "\u0001row"';
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const wrap = (query: string) => `SELECT ${list} FROM (${added.wrap(query)})${where}`;
  await createTable(database, options, { scan: value.source.scan, table, wrap });
  const rowCount = await countRows(database, table);
  return { database, table, value, columns: added.columns, rowCount, store: options.store, applied };
}

async function groupQuery(
  loaded: LoadedTable,
  { by, measures, count }: GroupRequest,
): Promise<{ readonly sql: string; readonly chosen: ChosenRows }> {
  const assignment = await assignRows(loaded);
  const open = openTable(loaded, assignment);
  const recipe = await fitRecipe(open, loaded.value.steps, rowsOf(assignment, splitCodes.train));
  const sqlOf = new Map(recipeSql(recipe).map(({ column, sql }) => [column.name, sql]));
  const chosen = await chooseRows(loaded, keptRows(assignment));
  const groups = by.map((name) => quoteName(name));
  const computed = measures.map(({ name, column, aggregate }) => {
    const value = `CAST(${sqlOf.get(column) ?? quoteName(column)} AS DOUBLE)`;
    return `CAST(${functions[aggregate](value)} AS DOUBLE) AS ${quoteName(name)}`;
  });
  const list = [...groups, `count(*) AS ${quoteName(count)}`, ...computed].join(', ');
  const grouped = groups.length > 0 ? ` GROUP BY ${groups.join(', ')} ORDER BY ${groups.join(', ')}` : '';
  return { sql: `SELECT ${list} FROM ${chosen.from} WHERE ${chosen.condition}${grouped}`, chosen };
}

const functions: Readonly<Record<GroupRequest['measures'][number]['aggregate'], (value: string) => string>> = {
  count: (value) => `count(${value})`,
  sum: (value) => `sum(${value})`,
  mean: (value) => `avg(${value})`,
  deviation: (value) => `stddev_pop(${value})`,
  min: (value) => `min(${value})`,
  max: (value) => `max(${value})`,
};

function keptRows(assignment: Uint8Array): Int32Array {
  let kept = 0;
  const rows = new Int32Array(assignment.length);
  for (let row = 0; row < assignment.length; row++) if (assignment[row] !== splitCodes.dropped) rows[kept++] = row;
  return rows.subarray(0, kept);
}

/** The columns that come out, as far as they are known without the rows. */
function columnsOf(columns: readonly Column[], { by, measures, count }: GroupRequest): Column[] {
  const keys = columns.filter(({ name }) => by.includes(name)).map(({ range: _, nulls: __, ...column }) => column);
  const inOrder = by.flatMap((name) => keys.filter((column) => column.name === name));
  const numbers = measures.map(({ name }): Column => ({ name, type: { kind: 'float' }, role: 'feature' }));
  return [...inOrder, { name: count, type: { kind: 'int' }, role: 'feature' }, ...numbers];
}

async function keep(
  { database, options, table }: Grouping,
  sql: string,
  columns: readonly Column[],
): Promise<TableSource> {
  const path = join(options.tempFolder, `${randomBytes(6).toString('hex')}.parquet`);
  const result = quoteName(`${table}_groups`);
  try {
    await database.run(`CREATE TABLE ${result} AS ${sql}`);
    const nulls = columns.map(({ name }, i) => `count(*) - count(${quoteName(name)}) AS "n${i}"`);
    const [found = {}] = await database.rows(`SELECT count(*) AS "rows", ${nulls.join(', ')} FROM ${result}`);
    await database.run(`COPY ${result} TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd)`);
    const blob = await options.store.put(await readFile(path));
    const known = columns.map((column, i) => ({ ...column, nulls: Number(found[`n${i}`]) }));
    return { scan: { kind: 'parquet', blob }, columns: known, rows: Number(found.rows), blocks: {} };
  } finally {
    await database.run(`DROP TABLE IF EXISTS ${result}`);
    await rm(path, { force: true });
  }
}
