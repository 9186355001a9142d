import { createRandom } from '../random';

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
  const bounds = new Map([...new Set(counts)].map((count) => [count, keyAt(keys, count)]));
  return counts.map((count) => bounds.get(count) ?? 2 ** 32);
}

/** The key that `rank` others are smaller than, where there are so many: looked for where keys that lie evenly would have it, then around. */
function keyAt(keys: Uint32Array, rank: number): number | undefined {
  if (rank >= keys.length) return undefined;
  const share = rank / keys.length;
  const deviation = Math.sqrt((share * (1 - share)) / keys.length);
  for (let reach = 8; ; reach *= 8) {
    const around = (side: number) => Math.min(Math.max(share + side * reach * (deviation + 1 / keys.length), 0), 1);
    const { below, near } = keysAround(keys, around(-1) * 2 ** 32, around(1) * 2 ** 32);
    const found = near[rank - below];
    if (found !== undefined) return found;
  }
}

/** How many keys are smaller than `low`, and those from there up to `high`, in order. */
function keysAround(keys: Uint32Array, low: number, high: number): { below: number; near: Uint32Array } {
  // Whole and unsigned, so that the processor compares them as such.
  const [from, width] = [low >>> 0, Math.min(high - low, 2 ** 32 - 1) >>> 0];
  const near: number[] = [];
  let below = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = (keys[i] ?? 0) >>> 0;
    below += Number(key < from);
    if ((key - from) >>> 0 <= width) near.push(key);
  }
  return { below, near: Uint32Array.from(near).sort() };
}
