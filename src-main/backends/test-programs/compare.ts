import { expect } from 'vitest';
import type { TensorData } from '../../../src-shared/ops/tensor';

/** Where two tensors differ most, as a share of what is allowed: max|a − b| / (absolute + relative · max|b|). */
export function difference(a: TensorData, b: TensorData, tolerance = { absolute: 1e-6, relative: 1e-5 }): number {
  const [actual, expected] = [a, b].map(({ data }) => Array.from(data, Number));
  if (!actual || !expected) return Number.NaN;
  const largest = Math.max(0, ...expected.map(Math.abs));
  const furthest = Math.max(0, ...actual.map((value, i) => distance(value, expected[i] ?? Number.NaN)));
  return furthest / (tolerance.absolute + tolerance.relative * largest);
}

/** Floating-point tensors within the tolerance for ops; all others equal. */
export function expectClose(actual: TensorData | undefined, expected: TensorData | undefined, what: string): void {
  if (!actual || !expected) throw new Error(`${what} is missing.`);
  expect(actual.shape, `shape of ${what}`).toEqual(expected.shape);
  if (expected.dtype === 'float64' || expected.dtype === 'float32') {
    expect(difference(actual, expected), `difference of ${what}`).toBeLessThanOrEqual(1);
  } else {
    expect(Array.from(actual.data as ArrayLike<unknown>), what).toEqual(
      Array.from(expected.data as ArrayLike<unknown>),
    );
  }
}

function distance(a: number, b: number): number {
  return Object.is(a, b) || a === b ? 0 : Math.abs(a - b);
}
