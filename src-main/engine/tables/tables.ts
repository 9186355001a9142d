import type { Hash } from '../../../src-shared/hash';
import type { SourceFacts } from '../../../src-shared/nodes/define-node';
import type { Column } from '../../../src-shared/nodes/ports';
import { lookupStep } from '../../../src-shared/recipe/catalog';
import { withRoles } from '../../../src-shared/recipe/columns';
import { assignSplit, type SplitRows } from '../../../src-shared/recipe/split';
import { quoteName, quoteText } from '../../../src-shared/recipe/sql';
import { type BlobStore, splitCodes, type Tables } from '../../../src-shared/runs/run-context';
import type { Scan, SplitSpec, TabularValue } from '../../../src-shared/runs/values';
import { type FsPort, realFs } from '../../files/fs-port';
import { addColumns, type WithAdded } from './add-columns';
import { withCsvProblems } from './csv-problems';
import { csvColumns, csvSql, globPath } from './csv-sql';
import { Database } from './database';
import { type LoadedTable, openTable, readColumn } from './open-table';
import { applyRowSteps } from './row-steps';
import { type SniffRequest, sniffCsv } from './sniff-csv';
import { type ParquetRequest, parquetSql, sniffParquet } from './sniff-parquet';
import { makeUtf8Copy } from './utf8-copy';
import { tableToParquet } from './write-table';

export interface TablesOptions {
  readonly store: BlobStore;
  /** Where a blob lies on this machine's disk; DuckDB reads Parquet from there. */
  readonly blobPath: (hash: Hash) => string;
  /** For what does not fit into memory, and for files that are read in another encoding. */
  readonly tempFolder: string;
  readonly fs?: FsPort;
}

export interface LoadOptions {
  /** Reads no more than the first so many rows. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** Tables over DuckDB, with `close` for when the engine ends. */
export interface TablesService extends Tables {
  /** Facts of a CSV file; `quick` looks at its start only. */
  sniff(request: SniffRequest): Promise<SourceFacts>;
  sniffParquetFile(request: ParquetRequest): Promise<SourceFacts>;
  /** The table as it lies in the database, with its rows assigned, for views of it. */
  load(value: TabularValue, options?: LoadOptions): Promise<{ loaded: LoadedTable; assignment: Uint8Array }>;
  close(): Promise<void>;
}

/**
 * Three databases, each made when it is first needed: one for all open tables, with one thread, so that fitted
 * numbers never vary; one for sniffing, whose counts and ranges come out the same with any number of threads; and
 * one for quick looks, which must not wait for a whole file to be read.
 */
export function createTables(options: TablesOptions): TablesService {
  const { tempFolder, store } = options;
  const opened = lazy(() => Database.create({ tempFolder, threads: 1 }));
  const sniffing = lazy(() => Database.create({ tempFolder }));
  const glancing = lazy(() => Database.create({ tempFolder }));
  const sniff = (request: SniffRequest) =>
    sniffCsv(request, { ...options, database: request.quick ? glancing.get : sniffing.get });
  const sniffParquetFile = async (request: ParquetRequest) =>
    sniffParquet(request, await (request.quick ? glancing : sniffing).get());
  let tables = 0;
  const loadTable = async (value: TabularValue, { limit, signal }: LoadOptions = {}) => {
    const database = await opened.get();
    const table = `table_${++tables}`;
    try {
      const loaded = await load(database.until(signal), options, { value, limit, table });
      // Whoever reads the table later has reasons of their own to stop.
      return { loaded: { ...loaded, database }, assignment: await assignRows(loaded) };
    } catch (error) {
      await database.run(`DROP TABLE IF EXISTS ${table}`);
      throw error;
    }
  };
  return {
    sniff,
    sniffCsv: (path, overrides) => sniff({ path, overrides }),
    sniffParquetFile,
    sniffParquet: (path) => sniffParquetFile({ path }),
    write: async (columns, data) => {
      const bytes = await tableToParquet(await opened.get(), tempFolder, { columns, data });
      return { kind: 'parquet', blob: await store.put(bytes) };
    },
    load: loadTable,
    open: async (value) => {
      const { loaded, assignment } = await loadTable(value);
      return openTable(loaded, assignment);
    },
    close: async () => {
      await Promise.all([opened.close(), sniffing.close(), glancing.close()]);
    },
  };
}

function lazy(create: () => Promise<Database>) {
  let made: Promise<Database> | undefined;
  return {
    get: () => {
      made ??= create();
      return made;
    },
    close: async () => {
      (await made)?.close();
      made = undefined;
    },
  };
}

interface LoadRequest {
  readonly value: TabularValue;
  readonly table: string;
  readonly limit: number | undefined;
}

async function load(
  database: Database,
  options: TablesOptions,
  { value, table, limit }: LoadRequest,
): Promise<LoadedTable> {
  const added = addColumns(value, lookupStep);
  await createTable(database, options, { scan: value.source.scan, table, limit, added });
  const [counted] = await database.rows(`SELECT count(*) AS n FROM ${quoteName(table)}`);
  const { columns } = added;
  return { database, table, value, columns, rowCount: Number(counted?.n ?? 0), store: options.store };
}

async function createTable(
  database: Database,
  { blobPath, tempFolder, fs = realFs }: TablesOptions,
  { scan, table, limit, added }: Omit<LoadRequest, 'value'> & { readonly scan: Scan; readonly added: WithAdded },
): Promise<void> {
  const first = limit === undefined ? '' : ` LIMIT ${limit}`;
  const create = (from: string) =>
    database.runInParallel(`CREATE TABLE ${quoteName(table)} AS ${added.wrap(`${from}${first}`)}`);
  if (scan.kind === 'parquet') {
    return create(`SELECT * FROM read_parquet(${quoteText(globPath(blobPath(scan.blob)))})`);
  }
  if (scan.kind === 'parquet-file') return create(parquetSql(scan.path, scan.types));
  const { options, hash } = scan;
  const { encoding } = options;
  const path = encoding === 'utf-8' ? scan.path : await makeUtf8Copy(scan.path, { fs, tempFolder, encoding, hash });
  const from = `SELECT ${csvColumns(options)} FROM ${csvSql(path, options)}`;
  return withCsvProblems(() => create(from), { database, path, options });
}

/** Row steps before the split, the split, row steps after it: one code per source row. */
async function assignRows(loaded: LoadedTable): Promise<Uint8Array> {
  const { value, rowCount } = loaded;
  const { steps, split } = value;
  const at = split?.at ?? steps.length;
  const raw = withRoles(value.source.columns, value.roles);
  const state = { columns: raw, mask: new Uint8Array(rowCount).fill(1), touches: (_row: number) => true };
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
  const rows = keptRows(mask);
  if (!split) {
    const assignment = new Uint8Array(loaded.rowCount).fill(splitCodes.dropped);
    for (const row of rows) assignment[row] = splitCodes.train;
    return assignment;
  }
  return assignSplit(split, { total: loaded.rowCount, rows, ...(await splitColumns(loaded, split)) });
}

function keptRows(mask: Uint8Array): Int32Array {
  const rows = new Int32Array(mask.length);
  let count = 0;
  for (let row = 0; row < mask.length; row++) if (mask[row] === 1) rows[count++] = row;
  return rows.subarray(0, count);
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
