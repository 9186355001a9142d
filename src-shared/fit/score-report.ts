import type { ScoreReport } from '../runs/values';
import type { SplitName } from '../types/ports';
import { mean } from './classification-report';
import type { Outputs } from './outputs';

/**
 * How scores lie. Quantiles are those of the sorted scores, interpolated linearly as NumPy does.
 * @param outputs scores `[rows, 1]`
 */
export function scoreReport(outputs: Outputs, split: SplitName): Omit<ScoreReport, 'mistakes'> {
  const sorted = Float64Array.from(outputs.data).sort();
  return {
    kind: 'score',
    split,
    rows: outputs.rows,
    mean: mean(Array.from(sorted)),
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    max: quantile(sorted, 1),
  };
}

function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}
