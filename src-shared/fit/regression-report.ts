import type { RegressionReport } from '../runs/values';
import type { SplitName } from '../types/ports';
import type { Outputs } from './outputs';

/**
 * Metrics of a regressor: R² = 1 − Σ(y−ŷ)² / Σ(y−ȳ)² (0 where the truth does not vary), mean absolute error and
 * root mean squared error, in the target's own units.
 * @param outputs predictions `[rows, 1]`
 */
export function regressionReport(
  outputs: Outputs,
  truth: ArrayLike<number>,
  split: SplitName,
): Omit<RegressionReport, 'mistakes'> {
  const rows = outputs.rows;
  let total = 0;
  for (let row = 0; row < rows; row++) total += truth[row] ?? 0;
  const mean = total / Math.max(1, rows);
  let absolute = 0;
  let squared = 0;
  let variation = 0;
  for (let row = 0; row < rows; row++) {
    const difference = (truth[row] ?? 0) - (outputs.data[row] ?? 0);
    absolute += Math.abs(difference);
    squared += difference * difference;
    variation += ((truth[row] ?? 0) - mean) ** 2;
  }
  return {
    kind: 'regression',
    split,
    rows,
    r2: variation === 0 ? 0 : 1 - squared / variation,
    mae: absolute / Math.max(1, rows),
    rmse: Math.sqrt(squared / Math.max(1, rows)),
  };
}
