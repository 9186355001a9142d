import { fail } from '../../../src-shared/problem';
import { lookupStep } from '../../../src-shared/recipe/catalog';
import { quoteName } from '../../../src-shared/recipe/sql';
import type { TableSource, TabularValue } from '../../../src-shared/runs/values';
import { addColumns } from './add-columns';
import { globPath } from './csv-sql';
import type { Database } from './database';
import { countRows, createTable, type TablesOptions } from './load-table';
import type { LoadedTable } from './open-table';
import { neededColumns, pushedConditions } from './pushed-steps';
import { countSlices, cutView, rowColumn, tableSlices } from './slices';

export interface Grouping {
  readonly database: Database;
  readonly options: TablesOptions;
  /** A name for the table that holds the rows while they are grouped. */
  readonly table: string;
}

/** The rows that are kept, as far as conditions can be asked of each by itself, with only the columns that are needed. */
export interface SlicedRows extends Omit<LoadedTable, 'slices' | 'rowCount'> {
  /** What stands in SQL for each slice. */
  readonly froms: readonly string[];
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
  { database, options, table }: Grouping,
  value: TabularValue,
  asked: readonly string[],
): Promise<SlicedRows> {
  const added = addColumns(value, lookupStep);
  const pushed = pushedConditions(value, lookupStep);
  const names = added.columns.map(({ name }) => name);
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined) fail('column-not-found', { column: unknown, columns: names.join(', ') });
  const as = storageOf(value, pushed.applied);
  // Rows of a table in memory would lose the numbers by which they are dealt.
  const isDealt = value.split !== undefined && value.split.by !== 'source';
  const { conditions, applied } = as === 'TABLE' && isDealt ? { conditions: [], applied: 0 } : pushed;
  const needed = neededColumns(value, { asked, applied, lookupStep }).map(quoteName);
  // A table needs a column, whatever is asked of it.
  const list = as === 'VIEW' ? [...needed, rowColumn] : needed.length > 0 ? needed : [`1 AS ${rowColumn}`];
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const wrap = (query: string) => `SELECT ${list.join(', ')} FROM (${added.wrap(query)})${where}`;
  const drop = () => database.until(undefined).run(`DROP ${as} IF EXISTS ${quoteName(table)}`);
  try {
    await createTable(database, options, { scan: value.source.scan, table, wrap, as });
    const froms = as === 'VIEW' ? await cutView({ database, table }, fileOf(value.source, options)) : undefined;
    const slices = froms ? undefined : tableSlices(table, await countRows(database, table));
    const loaded = { database, table, value, columns: added.columns, store: options.store, applied };
    const count = async (): Promise<LoadedTable> => {
      const counted = slices ?? (await countSlices(database, froms ?? []));
      const rowCount = counted.reduce((sum, slice) => sum + slice.rowCount, 0);
      return { ...loaded, slices: counted, rowCount, isNumbered: as === 'VIEW' };
    };
    const isNumbered = as === 'VIEW';
    return { ...loaded, isNumbered, froms: froms ?? (slices ?? []).map(({ from }) => from), count, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** Whether the rows are worth keeping in memory while they are grouped. */
function storageOf({ source, steps }: TabularValue, applied: number): 'TABLE' | 'VIEW' {
  const isFiltered = !steps.slice(applied).some(({ step }) => lookupStep(step).rows);
  const fitted = steps.filter(({ step }) => lookupStep(step).fit);
  // The rows of a file that has such a column itself cannot be numbered.
  const isNumbered = !source.columns.some(({ name }) => name.toLowerCase() === 'file_row_number');
  return isNumbered && isFiltered && source.scan.kind !== 'csv' && fitted.length <= cheapFits ? 'VIEW' : 'TABLE';
}

/** The Parquet file that a view reads. */
function fileOf({ scan, rows }: TableSource, { blobPath }: TablesOptions) {
  if (scan.kind === 'csv') throw new Error('A CSV file is read into a table.');
  return { path: globPath(scan.kind === 'parquet' ? blobPath(scan.blob) : scan.path), rows };
}
