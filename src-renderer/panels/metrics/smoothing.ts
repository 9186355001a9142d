/**
 * Exponential moving average without the pull towards the first value (the correction of Adam, Kingma & Ba 2015).
 * `weight` 0 leaves the curve as it is; a gap stays a gap.
 */
export function smooth(values: readonly (number | null)[], weight: number): (number | null)[] {
  let average = 0;
  let seen = 0;
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return null;
    average = weight * average + (1 - weight) * value;
    seen++;
    return average / (1 - weight ** seen);
  });
}
