import { hashData } from './hash';

/** A seeded generator of pseudo-random numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** An integer in [0, 2^32). */
  next(): number;
  /** A number in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A standard normal number (Box–Muller). */
  normal(): number;
  /** Shuffles in place (Fisher–Yates). */
  shuffle<T extends Int32Array | Uint32Array | unknown[]>(items: T): T;
}

/** xoshiro128** of Blackman and Vigna (https://prng.di.unimi.it), seeded by splitmix32. */
export function createRandom(seed: number): Random {
  const s = new Uint32Array(4);
  let mix = seed >>> 0;
  for (let i = 0; i < 4; i++) {
    mix = (mix + 0x9e3779b9) >>> 0;
    let z = Math.imul(mix ^ (mix >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    s[i] = (z ^ (z >>> 15)) >>> 0;
  }
  const next = () => nextWord(s);
  const uniform = () => nextUniform(s);
  return {
    next,
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle: (items) => {
      if (items instanceof Int32Array) shuffleNumbers(items, s);
      else for (let i = items.length - 1; i > 0; i--) swap(items, i, Math.floor(uniform() * (i + 1)));
      return items;
    },
  };
}

function nextWord(s: Uint32Array): number {
  // Not by destructuring, which walks an iterator: this is called once for every row that is dealt.
  const s0 = s[0] ?? 0;
  const s1 = s[1] ?? 0;
  const s2 = s[2] ?? 0;
  const s3 = s[3] ?? 0;
  const product = Math.imul(s1, 5);
  const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
  const a = s2 ^ s0;
  const b = s3 ^ s1;
  s[0] = s0 ^ b;
  s[1] = s1 ^ a;
  s[2] = a ^ (s1 << 9);
  s[3] = (b << 11) | (b >>> 21);
  return result;
}

function nextUniform(s: Uint32Array): number {
  return ((nextWord(s) >>> 5) * 67108864 + (nextWord(s) >>> 6)) / 9007199254740992;
}

/** The same as for any items; a loop of its own, since millions of rows are dealt this way. */
function shuffleNumbers(items: Int32Array, s: Uint32Array): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(nextUniform(s) * (i + 1));
    const kept = items[i] ?? 0;
    items[i] = items[j] ?? 0;
    items[j] = kept;
  }
}

function swap(items: Int32Array | Uint32Array | unknown[], i: number, j: number): void {
  const kept = items[i];
  items[i] = items[j] as never;
  items[j] = kept as never;
}

/** A seed for one purpose, from a seed and words that name the purpose: never from ids that editing changes. */
export function deriveSeed(seed: number, ...role: readonly (string | number)[]): number {
  return Number.parseInt(hashData([seed, ...role]).slice('sha256:'.length, 'sha256:'.length + 8), 16);
}
