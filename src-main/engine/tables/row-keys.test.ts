import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyBounds } from '../../../src-shared/recipe/deal-rows';
import { Database } from './database';
import { hashAsKey, keyAsHash, readKeys, rowHash } from './row-keys';

const tempFolder = mkdtempSync(join(tmpdir(), 'keys-'));
let database: Database;
beforeAll(async () => {
  database = await Database.create({ tempFolder, threads: 1 });
});
afterAll(() => {
  database.close();
  rmSync(tempFolder, { recursive: true, force: true });
});

/** Keys of the first rows of a table, whose slices are of so many. */
function keysOf(rowCount: number, seed: number, slice = rowCount) {
  const slices = Array.from({ length: Math.ceil(rowCount / slice) }, (_, i) => {
    return { from: 'none', rowCount: Math.min(slice, rowCount - i * slice) };
  });
  return readKeys({ database, slices, rowCount } as never, seed);
}

describe('keys of rows', () => {
  it('are those that kept results were made with: if this fails, raise `codeVersion`', async () => {
    const [found] = await database.rows('SELECT hash(1::BIGINT) AS one, hash(123456789012::BIGINT) AS other');
    expect(found).toEqual({ one: 4717996019076358352n, other: 4257205927713463617n });
    expect(rowHash('row', 7)).toMatchInlineSnapshot(`"hash(xor(row, 3927173604851925594))"`);
    expect(await keysOf(3, 7)).toMatchInlineSnapshot(`
      Float64Array [
        17185743351555,
        7301976795963597,
        7654592575060532,
      ]
    `);
  });

  it('are one for each row, however the table is cut', async () => {
    const keys = await keysOf(100_000, 3);
    expect(new Set(keys).size).toBe(100_000);
    expect(await keysOf(100_000, 3, 30_000)).toEqual(keys);
  });

  it('are as large as their hashes', async () => {
    const keys = await keysOf(1000, 5);
    const [bound = 0] = keyBounds(keys, [300]);
    const hash = rowHash('i', 5);
    const [found] = await database.rows(
      `SELECT count(*) FILTER (${hash} < ${keyAsHash(bound)})::INTEGER AS below, min(${hash}) AS least FROM range(1000) r(i)`,
    );
    expect(found?.below).toBe(300);
    expect(hashAsKey(found?.least as bigint)).toBe(Math.min(...keys));
    expect(keyAsHash(2 ** 53)).toBe('18446744073709551615::UBIGINT');
  });

  it.each([1, 2, 3, 1000])('mix rows well along their order, whatever their number: seed %i', async (seed) => {
    const size = 256_000;
    const keys = await keysOf(size, seed);
    const [bound = 0] = keyBounds(keys, [size / 5]);
    const isDealt = Array.from(keys, (key) => Number(key < bound));
    // Chance alone gives a block of 1000 rows 200 with a deviation of 12.6: chi-square of 256 blocks, mean 255.
    expect(chiSquare(countsOf(isDealt, 1000), 200, 160)).toBeGreaterThan(170);
    expect(chiSquare(countsOf(isDealt, 1000), 200, 160)).toBeLessThan(350);
    for (const lag of [1, 2, 3, 4, 7, 8, 64, 1024, 65_536]) {
      const pairs = size - lag;
      const both = isDealt.slice(lag).reduce((sum, dealt, i) => sum + dealt * (isDealt[i] ?? 0), 0);
      // A fifth of a fifth, within five deviations.
      expect(Math.abs(both - pairs * 0.04)).toBeLessThan(5 * Math.sqrt(pairs * 0.04 * 0.96));
    }
  });

  it('are others for the next seed, and not the same one row further', async () => {
    const near = await keysOf(5000, 7);
    const other = await keysOf(5000, 8);
    for (let shift = 0; shift < 3; shift++) {
      expect(other.filter((key, place) => key === near[place + shift]).length).toBeLessThan(3);
    }
  });
});

function countsOf(isDealt: readonly number[], size: number): number[] {
  const blocks = Array.from({ length: isDealt.length / size }, (_, i) => isDealt.slice(i * size, (i + 1) * size));
  return blocks.map((block) => block.reduce((sum, dealt) => sum + dealt, 0));
}

function chiSquare(counts: readonly number[], mean: number, variance: number): number {
  return counts.reduce((sum, count) => sum + (count - mean) ** 2 / variance, 0);
}
