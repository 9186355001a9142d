import { describe, expect, it } from 'vitest';
import { smooth } from './smoothing';

describe('smooth', () => {
  it('leaves a curve alone without weight', () => {
    expect(smooth([3, 1, 2], 0)).toEqual([3, 1, 2]);
  });

  it('begins at the first value instead of at zero', () => {
    expect(smooth([8, 8, 8], 0.9).map((value) => value?.toFixed(6))).toEqual(['8.000000', '8.000000', '8.000000']);
  });

  it('weighs the past', () => {
    const [, second] = smooth([0, 1], 0.5);
    expect(second).toBeCloseTo(2 / 3);
  });

  it('keeps gaps and goes on behind them', () => {
    const [first, gap, last] = smooth([1, null, 1], 0.6);
    expect([first, gap]).toEqual([1, null]);
    expect(last).toBeCloseTo(1);
  });
});
