import { DuckDBDataChunk, INTEGER, LIST, UTINYINT } from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';
import { quoteName } from '../../../src-shared/recipe/sql';
import type { Database } from './database';
import type { Slice } from './slices';

const chunkLists = 2048;
const listRows = 16_384;
let made = 0;
/** Names that no column has. */
const codeColumn = '"\u0001code"';
const sliceColumn = '"\u0001slice"';

export interface CodedSlices {
  /** What stands in SQL for each slice, and for a row's code. */
  readonly slices: readonly { readonly from: string; readonly code: string }[];
  /** To be called when it has been asked. */
  readonly drop: () => Promise<void>;
}

/** A code for each row of some slices, for SQL: a column beside the rows, or one number where all of a slice are the same. */
export async function codeSlices(
  { database, table }: { readonly database: Database; readonly table: string },
  slices: readonly Slice[],
  codes: Uint8Array,
): Promise<CodedSlices> {
  const parts = partsOf(slices, codes);
  const mixed = parts.filter((part) => !areAll(part.codes, part.codes[0] ?? 0));
  const name = quoteName(`${table}_codes_${++made}`);
  if (mixed.length > 0) {
    await database.run(`CREATE TABLE ${name} (${sliceColumn} INTEGER, ${codeColumn} UTINYINT[])`);
    await database.append(`${table}_codes_${made}`, listChunks(codes, mixed.flatMap(listsOf)));
  }
  return {
    slices: parts.map((part) => {
      if (!mixed.includes(part)) return { from: part.from, code: String(part.codes[0] ?? 0) };
      const list = `SELECT unnest(${codeColumn}) AS ${codeColumn} FROM ${name} WHERE ${sliceColumn} = ${part.slice}`;
      return { from: `${part.from} POSITIONAL JOIN (${list})`, code: codeColumn };
    }),
    // Whoever asked may have stopped waiting; the codes go in any case.
    drop: () => database.until(undefined).run(`DROP TABLE IF EXISTS ${name}`),
  };
}

interface Part {
  readonly from: string;
  readonly slice: number;
  readonly first: number;
  readonly codes: Uint8Array;
}

function partsOf(slices: readonly Slice[], codes: Uint8Array): Part[] {
  let first = 0;
  return slices.map(({ from, rowCount }, slice) => {
    const part = { from, slice, first, codes: codes.subarray(first, first + rowCount) };
    first += rowCount;
    return part;
  });
}

function areAll(codes: Uint8Array, code: number): boolean {
  for (let row = 0; row < codes.length; row++) if (codes[row] !== code) return false;
  return true;
}

interface List {
  readonly slice: number;
  readonly first: number;
  readonly count: number;
}

function listsOf({ slice, first, codes }: Part): List[] {
  return Array.from({ length: Math.ceil(codes.length / listRows) }, (_, list) => ({
    slice,
    first: first + list * listRows,
    count: Math.min(listRows, codes.length - list * listRows),
  }));
}

/** The bytes as lists: a chunk takes many more of them than it has rows. */
function* listChunks(codes: Uint8Array, lists: readonly List[]): Iterable<DuckDBDataChunk> {
  // DuckDB copies from whole buffers.
  const bytes = codes.byteLength === codes.buffer.byteLength ? codes : codes.slice();
  for (let from = 0; from < lists.length; from += chunkLists) {
    const some = lists.slice(from, from + chunkLists);
    const chunk = DuckDBDataChunk.create([INTEGER, LIST(UTINYINT)], some.length);
    const [numbers, entries] = [Int32Array.from(some, ({ slice }) => slice), new BigUint64Array(2 * some.length)];
    const [slices, vector] = [0, 1].map((column) => bindings.data_chunk_get_vector(chunk.chunk, column)) as [
      Vector,
      Vector,
    ];
    const count = some.reduce((sum, list) => sum + list.count, 0);
    bindings.list_vector_reserve(vector, count);
    bindings.list_vector_set_size(vector, count);
    const child = bindings.list_vector_get_child(vector);
    let filled = 0;
    for (const [place, { first, count: size }] of some.entries()) {
      // Where each list begins and how long it is, as DuckDB keeps them.
      entries[2 * place] = BigInt(filled);
      entries[2 * place + 1] = BigInt(size);
      bindings.copy_data_to_vector(child, filled, bytes.buffer as ArrayBuffer, first, size);
      filled += size;
    }
    bindings.copy_data_to_vector(slices, 0, numbers.buffer, 0, numbers.byteLength);
    bindings.copy_data_to_vector(vector, 0, entries.buffer, 0, entries.byteLength);
    yield chunk;
  }
}

type Vector = ReturnType<typeof bindings.data_chunk_get_vector>;
