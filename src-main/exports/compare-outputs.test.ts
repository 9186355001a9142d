import { expect, test } from 'vitest';
import { compareOutputs, toleranceFor } from './compare-outputs';

const rows = (width: number, ...values: number[]) => ({
  rows: values.length / width,
  width,
  values: Float32Array.from(values),
});

test('the tolerance grows with the largest value, and never falls below 1e-4', () => {
  expect(toleranceFor(rows(1, 0.1, -0.5))).toBeCloseTo(1e-4, 10);
  expect(toleranceFor(rows(1, 10, -2000))).toBeCloseTo(0.2, 10);
});

test('the first bad row is named', () => {
  const given = Float32Array.of(1, 2.5, 7);
  expect(compareOutputs(rows(1, 1, 2, 3), given, 1e-4)).toEqual({ maxDifference: 4, classChanges: 0, badRow: 1 });
});

test('another class counts only where the app was sure', () => {
  const close = rows(2, 0.50001, 0.49999);
  expect(compareOutputs(close, Float32Array.of(0.49999, 0.50001), 1e-4)).toMatchObject({ classChanges: 0 });
  const sure = rows(2, 0.501, 0.499);
  expect(compareOutputs(sure, Float32Array.of(0.499, 0.501), 0.1)).toMatchObject({ classChanges: 0 });
  expect(compareOutputs(sure, Float32Array.of(0.499, 0.501), 1e-4)).toMatchObject({ classChanges: 1, badRow: 0 });
});

test.each([[[1, Number.NaN]], [[1]]])('a missing or undefined number is infinitely far: %j', (values) => {
  const { maxDifference, badRow } = compareOutputs(rows(1, 1, 2), Float32Array.from(values), 1e-4);
  expect([maxDifference, badRow]).toEqual([Number.POSITIVE_INFINITY, 1]);
});
