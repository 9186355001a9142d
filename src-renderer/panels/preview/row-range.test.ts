import { expect, it } from 'vitest';
import { clickRow, isInRange } from './row-range';

it('marks a row, extends to another, and unmarks', () => {
  const one = clickRow(undefined, 5, false);
  expect(one).toEqual({ from: 5, to: 5 });
  expect(clickRow(one, 2, true)).toEqual({ from: 2, to: 5 });
  expect(clickRow(one, 5, false)).toBeUndefined();
  expect(clickRow(one, 9, false)).toEqual({ from: 9, to: 9 });
});

it('knows which rows are marked', () => {
  expect([1, 2, 3, 4].filter((row) => isInRange({ from: 2, to: 3 }, row))).toEqual([2, 3]);
  expect(isInRange(undefined, 0)).toBe(false);
});
