import { createRandom, deriveSeed } from '../../../src-shared/random';
import type { LoadedTable } from './open-table';
import { readNumbers } from './read-numbers';
import { rowColumn } from './slices';

/** A hash has 64 bits; a key is its first 53, which a number holds. */
const droppedBits = 11;

/**
 * SQL for a row's hash by its number in the source and the seed of a split. DuckDB's hash of an integer can be undone, so
 * that different rows have different ones; it has no word on later versions, so that `row-keys.test.ts` holds it fast.
 */
export function rowHash(row: string, seed: number): string {
  const random = createRandom(deriveSeed(seed, 'split'));
  const salt = (BigInt(random.next()) << 30n) ^ BigInt(random.next());
  return `hash(xor(${row}, ${salt}))`;
}

/** The smallest hash of a key, in SQL; the largest hash where there are no such keys. */
export function keyAsHash(key: number): string {
  const hash = BigInt(key) << BigInt(droppedBits);
  return `${BigInt.asUintN(64, hash) === hash ? hash : 2n ** 64n - 1n}::UBIGINT`;
}

/** A hash as a key. */
export function hashAsKey(hash: bigint): number {
  return Number(hash >> BigInt(droppedBits));
}

/** A key for each row. */
export async function readKeys({ database, slices, rowCount, isNumbered }: LoadedTable, seed: number) {
  const keys = new Float64Array(rowCount);
  let first = 0;
  const numbered = slices.map((slice) => {
    const from = isNumbered ? slice.from : `range(${first}, ${first + slice.rowCount}) r(${rowColumn})`;
    first += slice.rowCount;
    return { ...slice, from };
  });
  const sql = `CAST(${rowHash(rowColumn, seed)} >> ${droppedBits} AS DOUBLE)`;
  await readNumbers(database, numbered, [{ sql, into: keys, missing: 0, isWhole: true }]);
  return keys;
}
