import { fail } from '../../../src-shared/problem';
import { isClassColumn, isWide, rawSql } from '../../../src-shared/recipe/columns';
import { quoteName, quoteText } from '../../../src-shared/recipe/sql';
import type {
  AggregateRequest,
  BlobStore,
  BlockReader,
  ColumnNumbers,
  OpenTable,
} from '../../../src-shared/runs/run-context';
import type { TabularValue } from '../../../src-shared/runs/values';
import type { Column } from '../../../src-shared/types/ports';
import { aggregateRows } from './aggregate-rows';
import { chosenCodes, nearRows } from './choose-rows';
import { codeSlices } from './code-rows';
import type { Database } from './database';
import { openBlock } from './open-block';
import type { PieceCache } from './piece-cache';
import { plainValue } from './plain-value';
import { memoryFor, type NumberColumn, readNumbers } from './read-numbers';
import { rowColumn, type Slice } from './slices';

export interface LoadedTable {
  readonly database: Database;
  /** The name of the table in the database that holds the source's rows, in order; where they are read anew each time, none has it. */
  readonly table: string;
  readonly value: TabularValue;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  /** Its rows in parts that can be read at the same time. */
  readonly slices: readonly Slice[];
  readonly store: BlobStore;
  /** What is held of tensor columns. */
  readonly pieces: PieceCache;
  /** Its slices have the rows' numbers in the source in `rowColumn`; else a row's place is its number. */
  readonly isNumbered?: boolean;
  /** How many steps have had their rows dropped while it was read. */
  readonly applied?: number;
}

/** Reads from a table that is loaded; `assignment` says which rows train, validate, test or are dropped. */
export function openTable(loaded: LoadedTable, assignment: Uint8Array): OpenTable {
  const { database, table } = loaded;
  return {
    columns: loaded.columns,
    assignment,
    read: (name, classes) => readColumn(loaded, name, classes),
    readAll: (names) => readColumns(loaded, names),
    block: (name) => readBlock(loaded, name),
    rows: (numbers) => readRows(loaded, numbers),
    aggregate: (rows, request) => aggregate(loaded, rows, request),
    close: () => database.run(`DROP TABLE IF EXISTS ${quoteName(table)}`),
  };
}

export async function readColumn(
  loaded: LoadedTable,
  name: string,
  classes?: readonly string[],
): Promise<ColumnNumbers> {
  const found = findColumn(loaded, name);
  const column = classes ? { ...found, classes } : found;
  const numbers = numberColumn(column, loaded.rowCount);
  await readNumbers(loaded.database, loaded.slices, [numbers]);
  return numbers.into;
}

async function readColumns(loaded: LoadedTable, names: readonly string[]): Promise<ColumnNumbers[]> {
  const numbers = names.map((name) => numberColumn(findColumn(loaded, name), loaded.rowCount));
  if (numbers.length > 0) await readNumbers(loaded.database, loaded.slices, numbers);
  return numbers.map(({ into }) => into);
}

function numberColumn(column: Column, rows: number): NumberColumn & { readonly into: ColumnNumbers } {
  if (!isClassColumn(column)) {
    const sql = `CAST(${rawSql(column)} AS DOUBLE)`;
    const isDouble = isWide(column) || column.role === 'target';
    const into = isDouble ? new Float64Array(memoryFor(rows, 8)) : new Float32Array(memoryFor(rows));
    return { sql, into, missing: Number.NaN, isWhole: column.nulls === 0 };
  }
  return { sql: codeSql(column), into: new Int32Array(memoryFor(rows)), missing: (column.classes?.length ?? 0) + 1 };
}

/** Code of a class: its place in `classes`, n for a text that is not among them, NULL for a missing one. */
function codeSql(column: Column): string {
  const { classes } = column;
  if (!classes) return fail('too-many-classes', { column: column.name }, { param: 'roles' });
  const sql = rawSql(column);
  const known = `TRY_CAST(${sql} AS ENUM(${classes.map(quoteText).join(', ')}))`;
  const code = classes.length === 0 ? 'NULL' : `CAST(enum_code(${known}) AS INTEGER)`;
  return `CASE WHEN ${sql} IS NULL OR ${sql} = '' THEN NULL ELSE coalesce(${code}, ${classes.length}) END`;
}

/** The rows of a tensor column. */
export async function readBlock({ value, store, pieces }: LoadedTable, name: string): Promise<BlockReader> {
  const block = value.source.blocks[name];
  if (!block) throw new Error(`The tensor column "${name}" has no block.`);
  return openBlock(block, store, pieces);
}

async function readRows(
  loaded: LoadedTable,
  numbers: readonly number[],
): Promise<Record<string, string | number | null>[]> {
  const scalars = loaded.columns.filter(({ type }) => type.kind !== 'tensor');
  if (numbers.length === 0) return [];
  const list = scalars.map(({ name }) => quoteName(name)).join(', ');
  const found = await loaded.database.rows(
    `SELECT rowid AS ${rowColumn}, ${list} FROM ${quoteName(loaded.table)} WHERE ${nearRows(numbers)}`,
  );
  const byRow = new Map(found.map((row) => [Number(row['\u0001row']), row]));
  return numbers.map((number) =>
    Object.fromEntries(scalars.map(({ name }) => [name, plainValue(byRow.get(number)?.[name])])),
  );
}

async function aggregate(loaded: LoadedTable, rows: Int32Array, request: AggregateRequest) {
  const codes = chosenCodes(loaded.rowCount, rows);
  const { slices, drop } = await codeSlices(loaded, loaded.slices, codes);
  const chosen = slices.map(({ from, code }) => ({ from, condition: `${code} = 1` }));
  return aggregateRows(loaded.database, chosen, request).finally(drop);
}

function findColumn({ columns }: LoadedTable, name: string): Column {
  const column = columns.find((candidate) => candidate.name === name);
  if (column) return column;
  return fail('column-not-found', { column: name, columns: columns.map((each) => each.name).join(', ') });
}
