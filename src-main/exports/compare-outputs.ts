import type { FloatArray } from '../../src-shared/ops/tensor';

/** `[rows, width]`, row-major. */
export interface OutputRows {
  readonly rows: number;
  readonly width: number;
  readonly values: FloatArray;
}

export interface Comparison {
  readonly maxDifference: number;
  /** Rows whose class differs although the app's first two classes are further apart than the tolerance. */
  readonly classChanges: number;
  /** The first row that is out of tolerance or has another class. */
  readonly badRow?: number;
}

/** `1e-4 · max(1, max|y|)`; of float64, whose large part is added last, by how far they lie from their middle. */
export function toleranceFor({ values }: OutputRows): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const size = values instanceof Float64Array ? (high - low) / 2 : Math.max(Math.abs(low), Math.abs(high));
  return 1e-4 * (Number.isFinite(size) ? Math.max(1, size) : 1);
}

/** Compares a format's predictions with the app's. A missing or non-finite value counts as infinitely far. */
export function compareOutputs(expected: OutputRows, given: FloatArray, tolerance: number): Comparison {
  let maxDifference = 0;
  let classChanges = 0;
  let badRow: number | undefined;
  for (let row = 0; row < expected.rows; row++) {
    const from = row * expected.width;
    const [a, b] = [expected.values, given].map((values) => values.subarray(from, from + expected.width));
    const difference = a && b ? largestDifference(a, b) : 0;
    const isChanged = a !== undefined && b !== undefined && changesClass(a, b, tolerance);
    maxDifference = Math.max(maxDifference, difference);
    if (isChanged) classChanges++;
    if (difference > tolerance || isChanged) badRow ??= row;
  }
  return { maxDifference, classChanges, ...(badRow === undefined ? {} : { badRow }) };
}

function largestDifference(a: FloatArray, b: FloatArray): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN));
    largest = Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }
  return largest;
}

function changesClass(a: FloatArray, b: FloatArray, tolerance: number): boolean {
  if (a.length < 2 || topOf(a) === topOf(b)) return false;
  const [first = 0, second = 0] = [...a].sort((x, y) => y - x);
  return first - second > tolerance;
}

function topOf(values: FloatArray): number {
  return values.indexOf(Math.max(...values));
}
