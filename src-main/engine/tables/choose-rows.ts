import { DuckDBDataChunk, UTINYINT } from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';
import { quoteName } from '../../../src-shared/recipe/sql';
import type { Database } from './database';

const chunkRows = 2048;
let made = 0;
/** A name that no column has. */
const chosenColumn = '"\u0001chosen"';

export interface ChosenRows {
  /** What stands in SQL for the table, before WHERE. */
  readonly from: string;
  readonly condition: string;
  /** To be called when it has been asked. */
  readonly drop: () => Promise<void>;
}

/** Some rows of a table, for SQL: a column beside the table says which. */
export async function chooseRows(
  { database, table, rowCount }: { readonly database: Database; readonly table: string; readonly rowCount: number },
  rows: Int32Array,
): Promise<ChosenRows> {
  const name = quoteName(`${table}_rows_${++made}`);
  const chosen = new Uint8Array(rowCount);
  for (let i = 0; i < rows.length; i++) chosen[rows[i] ?? 0] = 1;
  if (rows.length >= rowCount && !chosen.includes(0)) {
    return { from: quoteName(table), condition: 'true', drop: async () => undefined };
  }
  await database.run(`CREATE TABLE ${name} (${chosenColumn} UTINYINT)`);
  await database.append(name.slice(1, -1), byteChunks(chosen));
  return {
    from: `${quoteName(table)} POSITIONAL JOIN ${name}`,
    condition: `${chosenColumn} = 1`,
    // Whoever asked may have stopped waiting; the rows go in any case.
    drop: () => database.until(undefined).run(`DROP TABLE ${name}`),
  };
}

function* byteChunks(bytes: Uint8Array): Iterable<DuckDBDataChunk> {
  // DuckDB copies from whole buffers.
  const { buffer } = bytes.slice();
  for (let from = 0; from < bytes.length; from += chunkRows) {
    const count = Math.min(chunkRows, bytes.length - from);
    const chunk = DuckDBDataChunk.create([UTINYINT], count);
    bindings.copy_data_to_vector(bindings.data_chunk_get_vector(chunk.chunk, 0), 0, buffer, from, count);
    yield chunk;
  }
}
