import { fail } from '../problem';
import { createRandom } from '../random';

/**
 * Deals rows to k folds of nearly equal size, shuffled. With `classCodes` every fold keeps the classes' shares,
 * as far as they can be divided (stratified k-fold).
 * @param classCodes code of each row in `rows`, in the same order
 * @returns for each fold the rows that are held out
 */
export function dealFolds(
  rows: Int32Array,
  {
    folds,
    seed,
    classCodes,
  }: { readonly folds: number; readonly seed: number; readonly classCodes?: ArrayLike<number> },
): Int32Array[] {
  if (rows.length < folds) {
    fail(
      'fewer-rows-than-folds',
      { rows: rows.length, folds },
      { param: 'folds', fix: { code: 'set-param', param: 'folds', to: Math.max(2, rows.length) } },
    );
  }
  const order = createRandom(seed).shuffle(Int32Array.from(rows, (_, i) => i));
  const dealt: number[][] = Array.from({ length: folds }, () => []);
  const groups = classCodes ? groupBy(order, classCodes) : [[...order]];
  let next = 0;
  for (const group of groups) {
    for (const index of group) {
      dealt[next % folds]?.push(rows[index] ?? 0);
      next++;
    }
  }
  return dealt.map((fold) => Int32Array.from(fold).sort());
}

function groupBy(order: Int32Array, codes: ArrayLike<number>): number[][] {
  const groups = new Map<number, number[]>();
  for (const index of order) {
    const code = codes[index] ?? -1;
    const group = groups.get(code);
    if (group) group.push(index);
    else groups.set(code, [index]);
  }
  return [...groups.keys()].sort((a, b) => a - b).map((code) => groups.get(code) ?? []);
}

/** The rows that are not held out, in order. */
export function rowsOutside(rows: Int32Array, heldOut: Int32Array): Int32Array {
  const held = new Set(heldOut);
  return rows.filter((row) => !held.has(row));
}
