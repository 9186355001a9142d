import { createRandom } from '../random';

const bucketBits = 16;

/**
 * One key for each of the first `count` places, all different: a permutation of the 32-bit numbers, chosen by the seed.
 * The mixing is that of splitmix32, twice. Where shuffling jumps through the memory, these are made in one pass.
 */
export function dealKeys(count: number, seed: number): Uint32Array {
  const random = createRandom(seed);
  const [before, between] = [random.next(), random.next()];
  const keys = new Uint32Array(count);
  for (let place = 0; place < count; place++) keys[place] = mix(mix(place ^ before) ^ between);
  return keys;
}

/** Each step can be undone, so that different numbers stay different. */
function mix(number: number): number {
  let z = Math.imul(number ^ (number >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}

/** For each of `counts`, the bound below which exactly so many of the keys lie. */
export function keyBounds(keys: Uint32Array, counts: readonly number[]): number[] {
  const sizes = new Uint32Array(2 ** bucketBits);
  for (let i = 0; i < keys.length; i++) {
    const bucket = bucketOf(keys[i] ?? 0);
    sizes[bucket] = (sizes[bucket] ?? 0) + 1;
  }
  return counts.map((count) => (count < keys.length ? keyAt(keys, sizes, count) : 2 ** 32));
}

function bucketOf(key: number): number {
  return key >>> (32 - bucketBits);
}

/** The key that `rank` others are smaller than. */
function keyAt(keys: Uint32Array, sizes: Uint32Array, rank: number): number {
  let before = 0;
  let bucket = 0;
  while (before + (sizes[bucket] ?? 0) <= rank) before += sizes[bucket++] ?? 0;
  const own = new Uint32Array(sizes[bucket] ?? 0);
  let found = 0;
  for (let i = 0; i < keys.length; i++) if (bucketOf(keys[i] ?? 0) === bucket) own[found++] = keys[i] ?? 0;
  return own.sort()[rank - before] ?? 2 ** 32;
}
