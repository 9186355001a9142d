import type { Hash } from '../../../src-shared/hash';
import type { Column } from '../../../src-shared/nodes/ports';
import { lookupStep } from '../../../src-shared/recipe/catalog';
import { withRoles } from '../../../src-shared/recipe/columns';
import { assignSplit, type SplitRows } from '../../../src-shared/recipe/split';
import { quoteName, quoteText } from '../../../src-shared/recipe/sql';
import { type BlobStore, splitCodes, type Tables } from '../../../src-shared/runs/run-context';
import type { Scan, SplitSpec, TabularValue } from '../../../src-shared/runs/values';
import { csvColumns, csvSql } from './csv-sql';
import { Database } from './database';
import { type LoadedTable, openTable, readColumn } from './open-table';
import { applyRowSteps } from './row-steps';
import { tableToParquet } from './write-table';

export interface TablesOptions {
  readonly store: BlobStore;
  /** Where a blob lies on this machine's disk; DuckDB reads Parquet from there. */
  readonly blobPath: (hash: Hash) => string;
  /** For what does not fit into memory, and for files that are read in another encoding. */
  readonly tempFolder: string;
}

/** Tables over DuckDB, with `close` for when the engine ends. */
export interface TablesService extends Tables {
  close(): Promise<void>;
}

/** One DuckDB for all tables of an engine process. One thread, so that fitted numbers never vary. */
export function createTables(options: TablesOptions): TablesService {
  let database: Promise<Database> | undefined;
  let opened = 0;
  const connect = () => {
    database ??= Database.create({ tempFolder: options.tempFolder, threads: 1 });
    return database;
  };
  return {
    write: async (columns, data) => {
      const bytes = await tableToParquet(await connect(), options.tempFolder, { columns, data });
      return { kind: 'parquet', blob: await options.store.put(bytes) };
    },
    open: async (value) => {
      const loaded = await load(await connect(), options, { value, table: `table_${++opened}` });
      return openTable(loaded, await assignRows(loaded));
    },
    close: async () => {
      (await database)?.close();
      database = undefined;
    },
  };
}

async function load(
  database: Database,
  options: TablesOptions,
  { value, table }: { readonly value: TabularValue; readonly table: string },
): Promise<LoadedTable> {
  const from = await scanSql(value.source.scan, options);
  await database.run(`CREATE TABLE ${quoteName(table)} AS ${from}`);
  const [counted] = await database.rows(`SELECT count(*) AS n FROM ${quoteName(table)}`);
  const columns = withRoles(value.source.columns, value.roles);
  return { database, table, value, columns, rowCount: Number(counted?.n ?? 0), store: options.store };
}

async function scanSql(scan: Scan, { blobPath }: TablesOptions): Promise<string> {
  if (scan.kind === 'parquet') return `SELECT * FROM read_parquet(${quoteText(blobPath(scan.blob))})`;
  return `SELECT ${csvColumns(scan.options)} FROM ${csvSql(scan.path, scan.options)}`;
}

/** Row steps before the split, the split, row steps after it: one code per source row. */
async function assignRows(loaded: LoadedTable): Promise<Uint8Array> {
  const { value, rowCount } = loaded;
  const { steps, split } = value;
  const at = split?.at ?? steps.length;
  const state = { columns: loaded.columns, mask: new Uint8Array(rowCount).fill(1), touches: (_row: number) => true };
  await applyRowSteps({ ...loaded, lookupStep }, steps.slice(0, at), state);
  if (split) await dropRowsWithoutTarget(loaded, state.mask);
  const assignment = await splitRows(loaded, split, state.mask);
  const after = { ...state, touches: (row: number) => assignment[row] === splitCodes.train };
  await applyRowSteps({ ...loaded, lookupStep }, steps.slice(at), after);
  for (let row = 0; row < rowCount; row++) if (after.mask[row] === 0) assignment[row] = splitCodes.dropped;
  return assignment;
}

/** A row without a target can neither teach nor test. */
async function dropRowsWithoutTarget(loaded: LoadedTable, mask: Uint8Array): Promise<void> {
  const target = loaded.columns.find(({ role }) => role === 'target');
  if (!target || target.type.kind === 'tensor' || target.nulls === 0) return;
  const values = await readColumn(loaded, target.name);
  const missing = values instanceof Int32Array ? (target.classes?.length ?? 0) + 1 : Number.NaN;
  values.forEach((value, row) => {
    if (Object.is(value, missing)) mask[row] = 0;
  });
}

async function splitRows(loaded: LoadedTable, split: SplitSpec | undefined, mask: Uint8Array): Promise<Uint8Array> {
  const rows = Int32Array.from(mask.keys()).filter((row) => mask[row] === 1);
  if (!split) {
    const assignment = new Uint8Array(loaded.rowCount).fill(splitCodes.dropped);
    for (const row of rows) assignment[row] = splitCodes.train;
    return assignment;
  }
  return assignSplit(split, { total: loaded.rowCount, rows, ...(await splitColumns(loaded, split)) });
}

async function splitColumns(
  loaded: LoadedTable,
  split: SplitSpec,
): Promise<Pick<SplitRows, 'codes' | 'classes' | 'source'>> {
  const { splitColumn } = loaded.value.source;
  if (split.by === 'source') return splitColumn ? { source: await readSourceSplit(loaded, splitColumn) } : {};
  const column = loaded.columns.find(({ name }) => name === split.column);
  if (split.by !== 'stratified' || !column) return {};
  // Counted as classes whatever its role: stratifying is not encoding.
  const stratified: Column = { ...column, role: 'target' };
  const codes = await readColumn({ ...loaded, columns: [stratified] }, column.name);
  return codes instanceof Int32Array ? { codes, classes: column.classes ?? [] } : {};
}

async function readSourceSplit(loaded: LoadedTable, name: string): Promise<Uint8Array> {
  const column: Column = { name, type: { kind: 'string' }, role: 'ignore', classes: ['train', 'validation', 'test'] };
  const codes = await readColumn({ ...loaded, columns: [column] }, name);
  return Uint8Array.from(codes, (code) => (code <= splitCodes.test ? code : splitCodes.dropped));
}
