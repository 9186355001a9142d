import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '../random';
import { bandAround, keyBounds, keyRange } from './deal-rows';

const keysOf = (size: number, seed: number) => {
  const random = createRandom(seed);
  return Float64Array.from({ length: size }, () => random.uniform() * keyRange);
};

it('bounds exactly so many keys as are asked for', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(3000), fc.array(fc.nat(3000), { maxLength: 3 }), (seed, size, counts) => {
      const keys = keysOf(size, seed);
      const below = keyBounds(keys, counts).map((bound) => keys.filter((key) => key < bound).length);
      expect(below).toEqual(counts.map((count) => Math.min(count, size)));
    }),
  );
});

it('bounds keys that lie anyhow', () => {
  for (const place of [0, 1, 0.5, 0.999]) {
    const keys = Float64Array.from({ length: 1000 }, (_, i) => Math.floor(place * (keyRange - 2000)) + i);
    expect(keyBounds(keys, [0, 1, 500, 999, 1000])).toEqual([keys[0], keys[1], keys[500], keys[999], keyRange]);
  }
});

it('looks around a share, never beyond all keys', () => {
  expect(bandAround(0.2, 1e6, 8)).toMatchObject({ low: expect.any(Number), high: expect.any(Number) });
  const { low, high } = bandAround(0.2, 1e6, 8);
  expect(low).toBeLessThan(0.2 * keyRange);
  expect(high).toBeGreaterThan(0.2 * keyRange);
  expect((high - low) / keyRange).toBeLessThan(0.01);
  expect(bandAround(0.2, 1, 1000)).toEqual({ low: 0, high: keyRange });
});
