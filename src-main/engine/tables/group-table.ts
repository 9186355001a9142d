import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Column } from '../../../src-shared/nodes/ports';
import { fail } from '../../../src-shared/problem';
import { lookupStep } from '../../../src-shared/recipe/catalog';
import type { FittedRecipe } from '../../../src-shared/recipe/define-step';
import { fitRecipe, recipeSql } from '../../../src-shared/recipe/fit-recipe';
import { quoteName, quoteText } from '../../../src-shared/recipe/sql';
import { type AggregateRequest, type GroupRequest, splitCodes } from '../../../src-shared/runs/run-context';
import type { TableSource, TabularValue } from '../../../src-shared/runs/values';
import { addColumns } from './add-columns';
import { assignRows } from './assign-rows';
import { type ChosenRows, codeRows } from './choose-rows';
import type { Database } from './database';
import { countRows, createTable, type TablesOptions } from './load-table';
import { aggregateRows, type LoadedTable } from './open-table';
import { neededColumns, pushedConditions } from './pushed-steps';

interface Grouping {
  readonly database: Database;
  readonly options: TablesOptions;
  /** A name for the table that holds the rows while they are grouped. */
  readonly table: string;
}

/** A Parquet file is read again for so many steps that learn before a table of its rows in memory costs less. */
const cheapFits = 3;

/**
 * Groups a table: of the rows that are kept only the columns that are needed are read. What value steps learn is learned
 * from the training rows, as for a model.
 */
export async function groupTable(
  { database, options, table }: Grouping,
  value: TabularValue,
  request: GroupRequest,
): Promise<TableSource> {
  const as = storageOf(value);
  try {
    const loaded = await loadNeeded({ database, options, table, as }, value, request);
    const { sql, drop } = await groupQuery(loaded, request);
    try {
      return await keep({ database, options, table }, sql, columnsOf(loaded.columns, request));
    } finally {
      await drop();
    }
  } finally {
    await database.run(`DROP ${as} IF EXISTS ${quoteName(table)}`);
  }
}

/** Whether the rows are worth keeping in memory while they are grouped. */
function storageOf(value: TabularValue): 'TABLE' | 'VIEW' {
  const { applied } = pushedConditions(value, lookupStep);
  const left = value.steps.slice(applied).some(({ step }) => lookupStep(step).rows);
  const fitted = value.steps.filter(({ step }) => lookupStep(step).fit);
  return value.source.scan.kind === 'csv' || left || fitted.length > cheapFits ? 'TABLE' : 'VIEW';
}

async function loadNeeded(
  { database, options, table, as }: Grouping & { readonly as: 'TABLE' | 'VIEW' },
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
  await createTable(database, options, { scan: value.source.scan, table, wrap, as });
  const rowCount = await countRows(database, table);
  return { database, table, value, columns: added.columns, rowCount, store: options.store, applied };
}

async function groupQuery(
  loaded: LoadedTable,
  { by, measures, count }: GroupRequest,
): Promise<{ readonly sql: string; readonly drop: () => Promise<void> }> {
  const { from, condition, recipe, drop } = await fitRows(loaded);
  const sqlOf = new Map(recipeSql(recipe).map(({ column, sql }) => [column.name, sql]));
  const groups = by.map((name) => quoteName(name));
  const computed = measures.map(({ name, column, aggregate }) => {
    const value = `CAST(${sqlOf.get(column) ?? quoteName(column)} AS DOUBLE)`;
    return `CAST(${functions[aggregate](value)} AS DOUBLE) AS ${quoteName(name)}`;
  });
  const list = [...groups, `count(*) AS ${quoteName(count)}`, ...computed].join(', ');
  const grouped = groups.length > 0 ? ` GROUP BY ${groups.join(', ')} ORDER BY ${groups.join(', ')}` : '';
  return { sql: `SELECT ${list} FROM ${from} WHERE ${condition}${grouped}`, drop };
}

/** The rows that are kept, and what the steps learn from those among them that train. */
async function fitRows(loaded: LoadedTable): Promise<ChosenRows & { readonly recipe: FittedRecipe }> {
  const { database, table, columns, value } = loaded;
  const assignment = await assignRows(loaded);
  const { from, code, drop } = await codeRows(loaded, assignment);
  const aggregate = (condition: string, request: AggregateRequest) =>
    aggregateRows(database, { from, condition }, request);
  try {
    const recipe = await fitRecipe({ columns, aggregate }, value.steps, `${code} = ${splitCodes.train}`);
    const isWhole = !assignment.includes(splitCodes.dropped);
    const kept = isWhole
      ? { from: quoteName(table), condition: 'true' }
      : { from, condition: `${code} < ${splitCodes.dropped}` };
    return { ...kept, recipe, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

const functions: Readonly<Record<GroupRequest['measures'][number]['aggregate'], (value: string) => string>> = {
  count: (value) => `count(${value})`,
  sum: (value) => `sum(${value})`,
  mean: (value) => `avg(${value})`,
  deviation: (value) => `stddev_pop(${value})`,
  min: (value) => `min(${value})`,
  max: (value) => `max(${value})`,
};

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
