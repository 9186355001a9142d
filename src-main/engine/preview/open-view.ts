import { rowsOf } from '../../../src-shared/fit/read-feeds';
import { ProblemError } from '../../../src-shared/problem';
import { fitRecipe, recipeSql } from '../../../src-shared/recipe/fit-recipe';
import { splitCodes } from '../../../src-shared/runs/run-context';
import type { TabularValue } from '../../../src-shared/runs/values';
import { openTable } from '../tables/open-table';
import type { TablesService } from '../tables/tables';
import { TableView } from './table-view';
import { viewColumn } from './view-column';

export interface ViewOptions {
  /** Reads no more than the first so many rows. */
  readonly limit?: number;
  readonly signal: AbortSignal;
}

/** Reads a table, applies its row steps and its split, and fits its value steps on the training rows. */
export async function openView(tables: TablesService, value: TabularValue, options: ViewOptions): Promise<TableView> {
  const { limit, signal } = options;
  try {
    return await readView(tables, value, options);
  } catch (error) {
    // What cannot be learned from the first rows may well be from all of them.
    if (limit === undefined || !(error instanceof ProblemError)) throw error;
    return readView(tables, value, { signal });
  }
}

async function readView(tables: TablesService, value: TabularValue, options: ViewOptions): Promise<TableView> {
  const { limit, signal } = options;
  const { loaded, assignment } = await tables.load(value, options);
  const open = openTable({ ...loaded, database: loaded.database.until(signal) }, assignment);
  try {
    const recipe = await fitRecipe(open, value.steps, rowsOf(assignment, splitCodes.train));
    const columns = recipeSql(recipe).map((column) => viewColumn(column, loaded));
    const isSampled = limit !== undefined && loaded.rowCount >= limit && loaded.rowCount !== value.source.rows;
    return new TableView(loaded, assignment, { columns, isSampled });
  } catch (error) {
    await openTable(loaded, assignment).close();
    throw error;
  }
}
