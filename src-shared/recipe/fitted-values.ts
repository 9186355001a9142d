import { fail } from '../problem';
import type { FittedColumn } from './define-step';
import { lambdaItem } from './sql';

/** A fitted number; fails with `nothing-to-fit` where the training rows had no value in the column. */
export function fittedNumber(fitted: FittedColumn, name: string, column: string): number {
  const value = fitted[name];
  return typeof value === 'number' ? value : fail('nothing-to-fit', { column });
}

/** A fitted text; fails with `nothing-to-fit` where the training rows had no value in the column. */
export function fittedText(fitted: FittedColumn, name: string, column: string): string {
  const value = fitted[name];
  return typeof value === 'string' ? value : fail('nothing-to-fit', { column });
}

/** SQL of the most frequent value; among equally frequent ones the smallest, so that the result never varies. */
export function mostFrequentSql(sql: string): string {
  const counts = `histogram(${sql})`;
  const most = `list_max(map_values(${counts}))`;
  const entries = `list_filter(map_entries(${counts}), lambda ${lambdaItem}: ${lambdaItem}.value = ${most})`;
  return `list_min(list_transform(${entries}, lambda ${lambdaItem}: ${lambdaItem}.key))`;
}
