import { describe, expect, it } from 'vitest';
import { ProblemError } from '../problem';
import { dealFolds, rowsOutside } from './folds';

const rows = Int32Array.from({ length: 103 }, (_, i) => i * 2);

describe('dealFolds', () => {
  it('holds every row out exactly once', () => {
    const folds = dealFolds(rows, { folds: 5, seed: 1 });
    expect(folds.map((fold) => fold.length).sort()).toEqual([20, 20, 21, 21, 21]);
    expect(folds.flatMap((fold) => [...fold]).sort((a, b) => a - b)).toEqual([...rows]);
  });

  it('keeps the shares of classes', () => {
    const classCodes = rows.map((row) => (row % 10 === 0 ? 1 : 0));
    const codeOf = new Map([...rows].map((row, i) => [row, classCodes[i]]));
    const total = classCodes.filter((code) => code === 1).length;
    for (const fold of dealFolds(rows, { folds: 5, seed: 1, classCodes })) {
      const count = fold.filter((row) => codeOf.get(row) === 1).length;
      expect(Math.abs(count - total / 5)).toBeLessThan(1);
    }
  });

  it('is the same for the same seed and another for another', () => {
    expect(dealFolds(rows, { folds: 3, seed: 9 })).toEqual(dealFolds(rows, { folds: 3, seed: 9 }));
    expect(dealFolds(rows, { folds: 3, seed: 9 })).not.toEqual(dealFolds(rows, { folds: 3, seed: 8 }));
  });

  it('refuses more folds than rows', () => {
    expect(() => dealFolds(Int32Array.of(1, 2), { folds: 5, seed: 1 })).toThrow(ProblemError);
  });
});

describe('rowsOutside', () => {
  it('leaves the held-out rows out', () => {
    expect([...rowsOutside(Int32Array.of(1, 2, 3, 4), Int32Array.of(2, 4))]).toEqual([1, 3]);
  });
});
