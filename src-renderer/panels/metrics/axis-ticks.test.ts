import { describe, expect, it } from 'vitest';
import { axisTicks, tickText } from './axis-ticks';

describe('axisTicks', () => {
  it.each([
    [0, 1],
    [0.013, 2.31],
    [-5, 12_345],
    [0.9712, 0.9893],
    [1, 5],
  ])('finds two to four round places between %d and %d', (min, max) => {
    const ticks = axisTicks(min, max);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(4);
    for (const tick of ticks) {
      expect(tick).toBeGreaterThanOrEqual(min);
      expect(tick).toBeLessThanOrEqual(max);
    }
  });

  it('takes powers of ten on a logarithmic axis', () => {
    expect(axisTicks(0.0005, 20, true).map((tick) => tick.toExponential(0))).toEqual(['1e-3', '1e-1', '1e+1']);
  });

  it('takes round numbers where no two powers are in sight', () => {
    expect(axisTicks(0.2, 0.9, true)).toEqual([0.2, 0.4, 0.6, 0.8]);
  });

  it('is empty without a range', () => {
    expect(axisTicks(Number.NaN, 1)).toEqual([]);
    expect(axisTicks(3, 3)).toEqual([3]);
  });
});

it.each([
  [0, '0'],
  [0.25, '0.25'],
  [12_000, '12k'],
  [0.00002, '2e-5'],
])('writes %d as %s', (value, text) => {
  expect(tickText(value)).toBe(text);
});
