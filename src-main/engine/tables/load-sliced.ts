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
import { rowColumn, type Slice, tableSlices, viewSlices } from './slices';

export interface Grouping {
  readonly database: Database;
  readonly options: TablesOptions;
  /** A name for the table that holds the rows while they are grouped. */
  readonly table: string;
}

/** The rows that are kept, as far as conditions can be asked of each by itself, with only the columns that are needed. */
export interface SlicedRows extends LoadedTable {
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
  const { conditions, applied } = pushedConditions(value, lookupStep);
  const names = added.columns.map(({ name }) => name);
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined) fail('column-not-found', { column: unknown, columns: names.join(', ') });
  const as = storageOf(value, applied);
  const needed = neededColumns(value, { asked, applied, lookupStep }).map(quoteName);
  // A table needs a column, whatever is asked of it.
  const list = as === 'VIEW' ? [...needed, rowColumn] : needed.length > 0 ? needed : [`1 AS ${rowColumn}`];
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const wrap = (query: string) => `SELECT ${list.join(', ')} FROM (${added.wrap(query)})${where}`;
  const drop = () => database.until(undefined).run(`DROP ${as} IF EXISTS ${quoteName(table)}`);
  try {
    await createTable(database, options, { scan: value.source.scan, table, wrap, as });
    const slices = await slicesOf({ database, options, table }, value.source, as);
    const rowCount = slices.reduce((sum, slice) => sum + slice.rowCount, 0);
    return { database, table, value, columns: added.columns, rowCount, store: options.store, applied, slices, drop };
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

async function slicesOf(
  { database, options, table }: Grouping,
  { scan, rows }: TableSource,
  as: 'TABLE' | 'VIEW',
): Promise<Slice[]> {
  if (as === 'TABLE' || scan.kind === 'csv') {
    return tableSlices(table, await countRows(database, table));
  }
  const path = scan.kind === 'parquet' ? options.blobPath(scan.blob) : scan.path;
  return viewSlices({ database, table }, { path: globPath(path), rows });
}
