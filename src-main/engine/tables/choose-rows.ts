import { DuckDBDataChunk, LIST, UTINYINT } from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';
import { quoteName } from '../../../src-shared/recipe/sql';
import type { Database } from './database';

const chunkLists = 2048;
const listRows = 16_384;
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
  const chosen = new Uint8Array(rowCount);
  for (let i = 0; i < rows.length; i++) chosen[rows[i] ?? 0] = 1;
  if (rows.length >= rowCount && !chosen.includes(0)) {
    return { from: quoteName(table), condition: 'true', drop: async () => undefined };
  }
  const name = `${table}_rows_${++made}`;
  await database.run(`CREATE TABLE ${quoteName(name)} (${chosenColumn} UTINYINT[])`);
  await database.append(name, listChunks(chosen));
  return {
    from: `${quoteName(table)} POSITIONAL JOIN (SELECT unnest(${chosenColumn}) AS ${chosenColumn} FROM ${quoteName(name)})`,
    condition: `${chosenColumn} = 1`,
    // Whoever asked may have stopped waiting; the rows go in any case.
    drop: () => database.until(undefined).run(`DROP TABLE ${quoteName(name)}`),
  };
}

/** The bytes as lists: a chunk takes many more of them than it has rows. */
function* listChunks(bytes: Uint8Array<ArrayBuffer>): Iterable<DuckDBDataChunk> {
  const size = chunkLists * listRows;
  for (let from = 0; from < bytes.length; from += size) {
    const count = Math.min(size, bytes.length - from);
    const entries = listEntries(count);
    const chunk = DuckDBDataChunk.create([LIST(UTINYINT)], entries.length / 2);
    const vector = bindings.data_chunk_get_vector(chunk.chunk, 0);
    bindings.list_vector_reserve(vector, count);
    bindings.list_vector_set_size(vector, count);
    bindings.copy_data_to_vector(vector, 0, entries.buffer, 0, entries.byteLength);
    bindings.copy_data_to_vector(bindings.list_vector_get_child(vector), 0, bytes.buffer, from, count);
    yield chunk;
  }
}

/** Where each list begins and how long it is, as DuckDB keeps them. */
function listEntries(count: number): BigUint64Array<ArrayBuffer> {
  const entries = new BigUint64Array(2 * Math.ceil(count / listRows));
  for (let from = 0; from < count; from += listRows) {
    const place = (from / listRows) * 2;
    entries[place] = BigInt(from);
    entries[place + 1] = BigInt(Math.min(listRows, count - from));
  }
  return entries;
}
