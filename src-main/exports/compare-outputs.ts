/** `[rows, width]`, row-major. */
export interface OutputRows {
  readonly rows: number;
  readonly width: number;
  readonly values: Float32Array;
}

export interface Comparison {
  readonly maxDifference: number;
  /** Rows whose class differs although the app's first two classes are further apart than the tolerance. */
  readonly classChanges: number;
  /** The first row that is out of tolerance or has another class. */
  readonly badRow?: number;
}

/** `1e-4 · max(1, max|y|)`. */
export function toleranceFor({ values }: OutputRows): number {
  return 1e-4 * values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
}

/** Compares a format's predictions with the app's. A missing or non-finite value counts as infinitely far. */
export function compareOutputs(expected: OutputRows, given: Float32Array, tolerance: number): Comparison {
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

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => {
    const difference = Math.abs(value - (b[i] ?? Number.NaN));
    return Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }, 0);
}

function changesClass(a: Float32Array, b: Float32Array, tolerance: number): boolean {
  if (a.length < 2 || topOf(a) === topOf(b)) return false;
  const [first = 0, second = 0] = [...a].sort((x, y) => y - x);
  return first - second > tolerance;
}

function topOf(values: Float32Array): number {
  return values.indexOf(Math.max(...values));
}
