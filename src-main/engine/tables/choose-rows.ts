import { DuckDBDataChunk, INTEGER } from '@duckdb/node-api';
import { quoteName } from '../../../src-shared/recipe/sql';
import type { Database } from './database';

const chunkRows = 2048;
let made = 0;

/** Some rows of a table, as a condition for SQL; `drop` when it has been asked. */
export async function chooseRows(
  { database, table }: { readonly database: Database; readonly table: string },
  rows: Int32Array,
): Promise<{ readonly condition: string; readonly drop: () => Promise<void> }> {
  const name = `${table}_rows_${++made}`;
  await database.run(`CREATE TABLE ${quoteName(name)} (r INTEGER)`);
  await database.append(name, rowChunks(rows));
  return {
    condition: `rowid IN (SELECT r FROM ${quoteName(name)})`,
    // Whoever asked may have stopped waiting; the rows go in any case.
    drop: () => database.until(undefined).run(`DROP TABLE ${quoteName(name)}`),
  };
}

function* rowChunks(rows: Int32Array): Iterable<DuckDBDataChunk> {
  for (let from = 0; from < rows.length; from += chunkRows) {
    const chunk = DuckDBDataChunk.create([INTEGER]);
    chunk.setColumns([Array.from(rows.subarray(from, from + chunkRows))]);
    yield chunk;
  }
}
