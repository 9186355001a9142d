import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealKeys, keyBounds } from './deal-rows';

describe('dealing rows', () => {
  it('gives each place a key of its own', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(new Set(dealKeys(5000, seed)).size).toBe(5000);
      }),
    );
  });

  it('bounds exactly so many keys as are asked for', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(3000), fc.array(fc.nat(3000), { maxLength: 3 }), (seed, size, counts) => {
        const keys = dealKeys(size, seed);
        const below = keyBounds(keys, counts).map((bound) => keys.filter((key) => key < bound).length);
        expect(below).toEqual(counts.map((count) => Math.min(count, size)));
      }),
    );
  });

  it.each([1, 2, 3, 1000])('mixes rows well along their order, whatever their number: seed %i', (seed) => {
    const size = 256_000;
    const keys = dealKeys(size, seed);
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

  it('deals otherwise for the next seed, and not the same one row further', () => {
    const near = dealKeys(5000, 7);
    const other = dealKeys(5000, 8);
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
