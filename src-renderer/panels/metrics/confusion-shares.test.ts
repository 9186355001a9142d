import { describe, expect, it } from 'vitest';
import { rowShares, shownClasses } from './confusion-shares';

describe('rowShares', () => {
  it('is a share of the true class', () => {
    expect(
      rowShares([
        [3, 1],
        [0, 2],
      ]),
    ).toEqual([
      [0.75, 0.25],
      [0, 1],
    ]);
  });

  it('shares nothing where a class has no rows', () => {
    expect(rowShares([[0, 0]])).toEqual([[0, 0]]);
  });
});

describe('shownClasses', () => {
  const confusion = [
    [9, 0, 0],
    [0, 5, 4],
    [0, 3, 6],
  ];

  it('shows all where they fit', () => {
    expect(shownClasses(confusion, 3)).toEqual({ places: [0, 1, 2], isPart: false });
  });

  it('shows those with the most mistakes in their own order', () => {
    expect(shownClasses(confusion, 2)).toEqual({ places: [1, 2], isPart: true });
  });
});
