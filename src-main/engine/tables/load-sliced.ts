import { fail } from '../../../src-shared/problem';
import { lookupStep } from '../../../src-shared/recipe/catalog';
import { quoteName } from '../../../src-shared/recipe/sql';
import type { TabularValue } from '../../../src-shared/runs/values';
import { addColumns } from './add-columns';
import { globPath } from './csv-sql';
import type { Database } from './database';
import { countRows, createTable, type ParquetScan, parquetQuery, type TablesOptions } from './load-table';
import type { LoadedTable } from './open-table';
import { neededColumns, pushedConditions } from './pushed-steps';
import { countSlices, cutFile, rowColumn, tableSlices } from './slices';

export interface Grouping {
  readonly database: Database;
  /** Another one, with all processors, for what comes out the same with any number of them, such as counts. */
  readonly counting: () => Promise<Database>;
  readonly options: TablesOptions;
  /** A name for the table that holds the rows while they are grouped, where they are not read from their file each time. */
  readonly table: string;
}

/** The rows that are kept, as far as conditions can be asked of each by itself, with only the columns that are needed. */
export interface SlicedRows extends Omit<LoadedTable, 'slices' | 'rowCount'> {
  /** What stands in SQL for each slice. */
  readonly froms: readonly string[];
  /** The same for all rows of a Parquet file, numbered in `rowColumn`; where they lie in a table there is none. */
  readonly numbered: string | undefined;
  readonly counting: Grouping['counting'];
  /** Its rows counted, for who goes through them. */
  readonly count: () => Promise<LoadedTable>;
  readonly applied: number;
  /** To be called when it has been read. */
  readonly drop: () => Promise<void>;
}

/** A Parquet file is read again for so many steps that learn before a table of its rows in memory costs less. */
const cheapFits = 3;

/** @param asked columns that are read by name */
export async function loadSliced(
  grouping: Grouping,
  value: TabularValue,
  asked: readonly string[],
): Promise<SlicedRows> {
  const added = addColumns(value, lookupStep);
  const pushed = pushedConditions(value, lookupStep);
  const names = added.columns.map(({ name }) => name);
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined) fail('column-not-found', { column: unknown, columns: names.join(', ') });
  const scan = fileToRead(value, pushed.applied);
  // Rows of a table in memory would lose the numbers by which they are dealt.
  const isDealt = value.split !== undefined && value.split.by !== 'source';
  const { conditions, applied } = !scan && isDealt ? { conditions: [], applied: 0 } : pushed;
  const needed = neededColumns(value, { asked, applied, lookupStep }).map(quoteName);
  // A table needs a column, whatever is asked of it.
  const list = scan ? [...needed, rowColumn] : needed.length > 0 ? needed : [`1 AS ${rowColumn}`];
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const wrap = (query: string) => `SELECT ${list.join(', ')} FROM (${added.wrap(query)})${where}`;
  const read = { value, wrap, columns: added.columns, applied };
  return scan ? readEachTime(grouping, scan, read) : readOnce(grouping, read);
}

interface Reading extends Pick<SlicedRows, 'value' | 'columns' | 'applied'> {
  /** The query that reads the source → the one that gives the rows. */
  readonly wrap: (query: string) => string;
}

/** The rows of a Parquet file, which each query reads anew. */
async function readEachTime(grouping: Grouping, scan: ParquetScan, { wrap, ...read }: Reading): Promise<SlicedRows> {
  const { database, options, counting, table } = grouping;
  const from = `(${wrap(parquetQuery(scan, options.blobPath, [`file_row_number AS ${rowColumn}`]))})`;
  const path = globPath(scan.kind === 'parquet' ? options.blobPath(scan.blob) : scan.path);
  const froms = await cutFile({ database, from }, { path, rows: read.value.source.rows });
  const loaded = { ...read, database, table, store: options.store, pieces: options.pieces, isNumbered: true };
  const count = async (): Promise<LoadedTable> => {
    const slices = await countSlices(database, froms);
    return { ...loaded, slices, rowCount: slices.reduce((sum, { rowCount }) => sum + rowCount, 0) };
  };
  return { ...loaded, froms, numbered: from, counting, count, drop: async () => undefined };
}

/** The rows in a table in memory. */
async function readOnce(grouping: Grouping, { wrap, ...read }: Reading): Promise<SlicedRows> {
  const { database, options, counting, table } = grouping;
  const drop = () => database.until(undefined).run(`DROP TABLE IF EXISTS ${quoteName(table)}`);
  try {
    await createTable(database, options, { scan: read.value.source.scan, table, wrap });
    const rowCount = await countRows(database, table);
    const slices = tableSlices(table, rowCount);
    const loaded = { ...read, database, table, store: options.store, pieces: options.pieces };
    const count = async (): Promise<LoadedTable> => ({ ...loaded, slices, rowCount });
    return { ...loaded, froms: slices.map(({ from }) => from), numbered: undefined, counting, count, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** The Parquet file that is read each time; undefined where the rows are worth keeping in memory while they are grouped. */
function fileToRead({ source, steps }: TabularValue, applied: number): ParquetScan | undefined {
  const isFiltered = !steps.slice(applied).some(({ step }) => lookupStep(step).rows);
  const fitted = steps.filter(({ step }) => lookupStep(step).fit);
  // The rows of a file that has such a column itself cannot be numbered.
  const isNumbered = !source.columns.some(({ name }) => name.toLowerCase() === 'file_row_number');
  if (source.scan.kind === 'csv' || !isNumbered || !isFiltered || fitted.length > cheapFits) return undefined;
  return source.scan;
}
