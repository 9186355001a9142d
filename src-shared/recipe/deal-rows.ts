/** A row's key is a whole number of so many; by keys rows are dealt to the parts of a split. */
export const keyRange = 2 ** 53;

/** Where a key is looked for: from `low` up to, not with, `high`. */
export interface KeyBand {
  readonly low: number;
  readonly high: number;
}

/** Where keys that lie evenly would have the bound below which a share of them lies, and `reach` deviations around. */
export function bandAround(share: number, count: number, reach: number): KeyBand {
  const deviation = Math.sqrt((share * (1 - share)) / count) + 1 / count;
  const at = (side: number) => Math.round(Math.min(Math.max(share + side * reach * deviation, 0), 1) * keyRange);
  return { low: at(-1), high: at(1) };
}

/** For each of `counts`, the bound below which exactly so many of the keys lie. */
export function keyBounds(keys: Float64Array, counts: readonly number[]): number[] {
  const bounds = new Map([...new Set(counts)].map((count) => [count, keyAt(keys, count)]));
  return counts.map((count) => bounds.get(count) ?? keyRange);
}

/** The key that `rank` others are smaller than, where there are so many. */
function keyAt(keys: Float64Array, rank: number): number | undefined {
  if (rank >= keys.length) return undefined;
  for (let reach = 8; ; reach *= 8) {
    const band = bandAround(rank / keys.length, keys.length, reach);
    const { below, near } = keysAround(keys, band);
    const found = near[rank - below];
    if (found !== undefined) return found;
  }
}

/** How many keys are below a band, and those in it, in order. */
function keysAround(keys: Float64Array, { low, high }: KeyBand): { below: number; near: Float64Array } {
  const near: number[] = [];
  let below = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? 0;
    below += Number(key < low);
    if (key >= low && key < high) near.push(key);
  }
  return { below, near: Float64Array.from(near).sort() };
}
