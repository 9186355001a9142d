import { describe, expect, it } from 'vitest';
import { createRandom, deriveSeed } from './random';

describe('createRandom', () => {
  it('matches the reference algorithm, computed here with BigInt', () => {
    const mask = 0xffffffffn;
    const rotate = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & mask;
    const state: bigint[] = [];
    let mix = 7n;
    for (let i = 0; i < 4; i++) {
      mix = (mix + 0x9e3779b9n) & mask;
      let z = ((mix ^ (mix >> 16n)) * 0x21f0aaadn) & mask;
      z = ((z ^ (z >> 15n)) * 0x735a2d97n) & mask;
      state.push(z ^ (z >> 15n));
    }
    const random = createRandom(7);
    for (let n = 0; n < 50; n++) {
      const [s0 = 0n, s1 = 0n, s2 = 0n, s3 = 0n] = state;
      const expected = (rotate((s1 * 5n) & mask, 7n) * 9n) & mask;
      const t = (s1 << 9n) & mask;
      const b = s3 ^ s1;
      const a = s2 ^ s0;
      state.splice(0, 4, s0 ^ b, s1 ^ a, a ^ t, rotate(b, 11n));
      expect(BigInt(random.next())).toBe(expected);
    }
  });

  it('gives uniform and normal numbers with the right moments', () => {
    const random = createRandom(1);
    const uniform = Array.from({ length: 20_000 }, random.uniform);
    const normal = Array.from({ length: 20_000 }, random.normal);
    const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
    expect(mean(uniform)).toBeCloseTo(0.5, 1);
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((x) => x * x))).toBeCloseTo(1, 1);
  });

  it('shuffles to a permutation', () => {
    const shuffled = createRandom(3).shuffle(Int32Array.from({ length: 100 }, (_, i) => i));
    expect([...shuffled]).toEqual(createRandom(3).shuffle(Array.from({ length: 100 }, (_, i) => i)));
    expect([...shuffled].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect([...shuffled.slice(0, 5)]).not.toEqual([0, 1, 2, 3, 4]);
  });
});

describe('deriveSeed', () => {
  it('depends on seed and role', () => {
    expect(deriveSeed(42, 'split')).toBe(deriveSeed(42, 'split'));
    expect(deriveSeed(42, 'split')).not.toBe(deriveSeed(42, 'order'));
    expect(deriveSeed(42, 'split')).not.toBe(deriveSeed(43, 'split'));
  });
});
