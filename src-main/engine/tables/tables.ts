import type { Tables } from '../../../src-shared/runs/run-context';
import type { TabularValue } from '../../../src-shared/runs/values';
import type { SourceFacts } from '../../../src-shared/types/source-facts';
import { assignRows } from './assign-rows';
import { Database } from './database';
import { groupTable } from './group-table';
import { loadTable, type TablesOptions } from './load-table';
import { type LoadedTable, openTable } from './open-table';
import { PieceCache } from './piece-cache';
import { type SniffRequest, sniffCsv } from './sniff-csv';
import { type ParquetRequest, sniffParquet } from './sniff-parquet';
import { tableToParquet } from './write-table';

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

type CreateTables = Omit<TablesOptions, 'pieces'> & {
  /** Bytes of tensor columns that are held at the same time. */
  readonly heldBytes?: number;
};

/** Enough for batches to be mixed from many pieces, and a fraction of what a runtime takes. */
const usuallyHeld = 160 * 2 ** 20;

/**
 * Three databases, each made when it is first needed: one for all open tables, with one thread, so that fitted
 * numbers never vary; one for sniffing and counting, which come out the same with any number of threads; and one for
 * quick looks, which must not wait for a whole file to be read.
 */
export function createTables({ heldBytes = usuallyHeld, ...given }: CreateTables): TablesService {
  const options = { ...given, pieces: new PieceCache(heldBytes) };
  const { tempFolder, store, memory } = options;
  const limit = memory === undefined ? {} : { memory };
  const opened = lazy(() => Database.create({ tempFolder, threads: 1, ...limit }));
  const sniffing = lazy(() => Database.create({ tempFolder }));
  const glancing = lazy(() => Database.create({ tempFolder }));
  const sniff = (request: SniffRequest) =>
    sniffCsv(request, { ...options, database: request.quick ? glancing.get : sniffing.get });
  const sniffParquetFile = async (request: ParquetRequest) =>
    sniffParquet(request, await (request.quick ? glancing : sniffing).get());
  let tables = 0;
  const assign = async (value: TabularValue, { limit, signal }: LoadOptions = {}) => {
    const database = await opened.get();
    const table = `table_${++tables}`;
    try {
      const loaded = await loadTable(database.until(signal), options, { value, limit, table });
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
    group: async (value, request) => {
      const database = await opened.get();
      return groupTable({ database, counting: sniffing.get, options, table: `table_${++tables}` }, value, request);
    },
    load: assign,
    open: async (value) => {
      const { loaded, assignment } = await assign(value);
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
