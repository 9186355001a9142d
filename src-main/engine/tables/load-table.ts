import type { Hash } from '../../../src-shared/hash';
import { lookupStep } from '../../../src-shared/recipe/catalog';
import { quoteName, quoteText } from '../../../src-shared/recipe/sql';
import type { BlobStore } from '../../../src-shared/runs/run-context';
import type { Scan, TabularValue } from '../../../src-shared/runs/values';
import { type FsPort, realFs } from '../../files/fs-port';
import { addColumns } from './add-columns';
import { withCsvProblems } from './csv-problems';
import { csvColumns, csvSql, globPath } from './csv-sql';
import type { Database } from './database';
import type { LoadedTable } from './open-table';
import type { PieceCache } from './piece-cache';
import { tableSlices } from './slices';
import { parquetSql } from './sniff-parquet';
import { makeUtf8Copy } from './utf8-copy';

export interface TablesOptions {
  readonly store: BlobStore;
  /** What is held of tensor columns, for all tables together. */
  readonly pieces: PieceCache;
  /** Where a blob lies on this machine's disk; DuckDB reads Parquet from there. */
  readonly blobPath: (hash: Hash) => string;
  /** For what does not fit into memory, and for files that are read in another encoding. */
  readonly tempFolder: string;
  readonly fs?: FsPort;
  /** What open tables may take, e.g. `512MB`; what is more goes to `tempFolder`. */
  readonly memory?: string;
}

/** DuckDB hands rows to threads by so many: fewer are read no faster by several. */
const sharedRows = 122_880;

interface LoadRequest {
  readonly value: TabularValue;
  readonly table: string;
  readonly limit: number | undefined;
}

/** Reads the source of a table into the database, with the columns that steps add. */
export async function loadTable(
  database: Database,
  options: TablesOptions,
  { value, table, limit }: LoadRequest,
): Promise<LoadedTable> {
  const added = addColumns(value, lookupStep);
  const first = limit === undefined ? '' : ` LIMIT ${limit}`;
  const wrap = (query: string) => added.wrap(`${query}${first}`);
  const isShort = limit !== undefined && limit <= sharedRows;
  await createTable(database, options, { scan: value.source.scan, table, wrap, isShort });
  const { columns } = added;
  const rowCount = await countRows(database, table);
  const slices = tableSlices(table, rowCount);
  return { database, table, value, columns, rowCount, slices, store: options.store, pieces: options.pieces };
}

export async function countRows(database: Database, table: string): Promise<number> {
  const [counted] = await database.rows(`SELECT count(*) AS n FROM ${quoteName(table)}`);
  return Number(counted?.n ?? 0);
}

export type ParquetScan = Exclude<Scan, { readonly kind: 'csv' }>;

interface CreateRequest {
  readonly scan: Scan;
  readonly table: string;
  /** The query that reads the source → the one whose rows the table holds. */
  readonly wrap: (query: string) => string;
  /** Read by one processor. */
  readonly isShort?: boolean;
}

/** A query that reads a Parquet file, and `more` of each row. */
export function parquetQuery(
  scan: ParquetScan,
  blobPath: TablesOptions['blobPath'],
  more: readonly string[] = [],
): string {
  if (scan.kind === 'parquet-file') return parquetSql(scan.path, scan.types, more);
  return `SELECT ${['*', ...more].join(', ')} FROM read_parquet(${quoteText(globPath(blobPath(scan.blob)))})`;
}

/** Makes a table of what a query around a source gives, in the source's order. */
export async function createTable(
  database: Database,
  { blobPath, tempFolder, fs = realFs }: TablesOptions,
  { scan, table, wrap, isShort = false }: CreateRequest,
): Promise<void> {
  const create = (from: string) => {
    const sql = `CREATE TABLE ${quoteName(table)} AS ${wrap(from)}`;
    return isShort ? database.run(sql) : database.runInParallel(sql);
  };
  if (scan.kind !== 'csv') return create(parquetQuery(scan, blobPath));
  const { options, hash } = scan;
  const { encoding } = options;
  const path = encoding === 'utf-8' ? scan.path : await makeUtf8Copy(scan.path, { fs, tempFolder, encoding, hash });
  const from = `SELECT ${csvColumns(options)} FROM ${csvSql(path, options)}`;
  return withCsvProblems(() => create(from), { database, path, options });
}
