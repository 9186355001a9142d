import { DuckDBDataChunk, LIST, UTINYINT } from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';
import { quoteName } from '../../../src-shared/recipe/sql';
import type { Database } from './database';

const chunkLists = 2048;
const listRows = 16_384;
let made = 0;
/** A name that no column has. */
const codeColumn = '"\u0001code"';

/** What stands in SQL for a table, before WHERE, and which of its rows are meant. */
export interface SomeRows {
  readonly from: string;
  readonly condition: string;
}

export interface ChosenRows extends SomeRows {
  /** To be called when it has been asked. */
  readonly drop: () => Promise<void>;
}

export interface CodedRows extends Pick<ChosenRows, 'from' | 'drop'> {
  /** SQL of a row's code. */
  readonly code: string;
}

type RowsInDatabase = { readonly database: Database; readonly table: string; readonly rowCount: number };

/** Some rows of a table, for SQL. */
export async function chooseRows(rowsOf: RowsInDatabase, rows: Int32Array): Promise<ChosenRows> {
  const chosen = new Uint8Array(rowsOf.rowCount);
  for (let i = 0; i < rows.length; i++) chosen[rows[i] ?? 0] = 1;
  const { from, code, drop } = await codeRows(rowsOf, chosen);
  return { from, condition: `${code} = 1`, drop };
}

/** A condition that at least these rows meet, and few others: DuckDB skips quickly what is out of a range. */
export function nearRows(rows: ArrayLike<number>): string {
  const numbers = Array.from(rows);
  const low = numbers.reduce((least, row) => Math.min(least, row), Number.POSITIVE_INFINITY);
  const high = numbers.reduce((most, row) => Math.max(most, row), 0);
  if (high - low < 4 * numbers.length) return `rowid BETWEEN ${low} AND ${high}`;
  return `rowid IN (${[...new Set(numbers)].join(', ')})`;
}

/** A code for each row of a table, for SQL: a column beside the table, or one number where all are the same. */
export async function codeRows({ database, table }: RowsInDatabase, codes: Uint8Array): Promise<CodedRows> {
  const [first = 0] = codes;
  if (areAll(codes, first)) return { from: quoteName(table), code: String(first), drop: async () => undefined };
  const name = `${table}_rows_${++made}`;
  await database.run(`CREATE TABLE ${quoteName(name)} (${codeColumn} UTINYINT[])`);
  await database.append(name, listChunks(codes));
  return {
    from: `${quoteName(table)} POSITIONAL JOIN (SELECT unnest(${codeColumn}) AS ${codeColumn} FROM ${quoteName(name)})`,
    code: codeColumn,
    // Whoever asked may have stopped waiting; the rows go in any case.
    drop: () => database.until(undefined).run(`DROP TABLE ${quoteName(name)}`),
  };
}

function areAll(codes: Uint8Array, code: number): boolean {
  for (let row = 0; row < codes.length; row++) if (codes[row] !== code) return false;
  return true;
}

/** The bytes as lists: a chunk takes many more of them than it has rows. */
function* listChunks(codes: Uint8Array): Iterable<DuckDBDataChunk> {
  // DuckDB copies from whole buffers.
  const bytes = codes.byteLength === codes.buffer.byteLength ? codes : codes.slice();
  const size = chunkLists * listRows;
  for (let from = 0; from < bytes.length; from += size) {
    const count = Math.min(size, bytes.length - from);
    const entries = listEntries(count);
    const chunk = DuckDBDataChunk.create([LIST(UTINYINT)], entries.length / 2);
    const vector = bindings.data_chunk_get_vector(chunk.chunk, 0);
    bindings.list_vector_reserve(vector, count);
    bindings.list_vector_set_size(vector, count);
    bindings.copy_data_to_vector(vector, 0, entries.buffer, 0, entries.byteLength);
    bindings.copy_data_to_vector(bindings.list_vector_get_child(vector), 0, bytes.buffer as ArrayBuffer, from, count);
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
