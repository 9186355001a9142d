import bindings from '@duckdb/node-bindings';
import type { Database } from './database';
import type { RowChunk } from './row-visitor';
import type { Slice } from './slices';

/** A query's column of plain numbers, and the array that takes them. */
export interface NumberColumn {
  /** Gives DOUBLE for a `Float32Array` or a `Float64Array`, INTEGER for an `Int32Array` and UTINYINT for a `Uint8Array`. */
  readonly sql: string;
  readonly into: Float32Array | Float64Array | Int32Array | Uint8Array;
  /** What stands for NULL. */
  readonly missing: number;
  /** No row is NULL: nobody needs to look. */
  readonly isWhole?: boolean;
}

/** Memory of four bytes a row, or as many as are given, for `readNumbers`, which fills all of it: nobody clears it first. */
export function memoryFor(rows: number, bytes = 4): ArrayBuffer {
  return Buffer.allocUnsafeSlow(rows * bytes).buffer;
}

/**
 * Reads columns of all rows in order, many numbers at a time as they lie in DuckDB's memory. One pass for all columns:
 * what a pass costs hardly depends on how many there are. Slices are read at the same time.
 * @param slices each array is as long as they have rows together
 * @throws where a slice has not as many rows as it says: an array may hold anything where nothing was read into it
 */
export async function readNumbers(
  database: Database,
  slices: readonly Slice[],
  columns: readonly NumberColumn[],
): Promise<void> {
  let first = 0;
  const ends = slices.map(({ rowCount }) => {
    first += rowCount;
    return first;
  });
  const next = ends.map((end, i) => end - (slices[i]?.rowCount ?? 0));
  await database.visitEach(
    columns.map(({ sql }) => sql),
    slices.map(({ from }) => from),
    (chunk, slice) => {
      const row = next[slice] ?? 0;
      const count = bindings.data_chunk_get_size(chunk);
      for (const [place, column] of columns.entries()) copyNumbers({ chunk, row, count }, place, column);
      next[slice] = row + count;
    },
  );
  const odd = slices.find((_slice, i) => next[i] !== ends[i]);
  if (odd) throw new Error(`Not ${odd.rowCount} rows: ${odd.from}`);
}

function copyNumbers(
  { chunk, row, count }: { readonly chunk: RowChunk; readonly row: number; readonly count: number },
  place: number,
  { into, missing, isWhole }: NumberColumn,
): void {
  const vector = bindings.data_chunk_get_vector(chunk, place);
  const bytes = bindings.vector_get_data(vector, count * bytesOf(into));
  into.set(numbersIn(bytes, into, count), row);
  free(bytes);
  if (isWhole) return;
  // One bit a row, set where there is a value; nothing where all rows have one.
  const valid: Uint8Array | null = bindings.vector_get_validity(vector, Math.ceil(count / 64) * 8);
  if (!valid) return;
  const words = new Uint32Array(valid.buffer, valid.byteOffset, Math.ceil(count / 32));
  for (const [place, word] of words.entries()) {
    if (word === allValid) continue;
    const end = Math.min(count, place * 32 + 32);
    for (let i = place * 32; i < end; i++) if ((word & (1 << (i & 31))) === 0) into[row + i] = missing;
  }
}

const allValid = 0xffffffff;

/** Takes back the memory of a copy, so that the next lies where the processor's cache has it. */
function free({ buffer }: Uint8Array): void {
  (buffer as ArrayBuffer & { transfer?: (length: number) => ArrayBuffer }).transfer?.(0);
}

/** How wide the query's numbers are: a `Float32Array` is filled from DOUBLE. */
function bytesOf(into: NumberColumn['into']): number {
  return into instanceof Float32Array ? 8 : into.BYTES_PER_ELEMENT;
}

function numbersIn({ buffer, byteOffset }: Uint8Array, into: NumberColumn['into'], count: number) {
  if (into instanceof Float32Array || into instanceof Float64Array) return new Float64Array(buffer, byteOffset, count);
  if (into instanceof Int32Array) return new Int32Array(buffer, byteOffset, count);
  return new Uint8Array(buffer, byteOffset, count);
}
