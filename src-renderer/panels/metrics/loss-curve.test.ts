import { describe, expect, it } from 'vitest';
import { addLosses, emptyHistory } from '../../../src-shared/runs/loss-history';
import { alignCurves, decimate, lossCurve } from './loss-curve';

describe('lossCurve', () => {
  it('puts every step of a short training at its number', () => {
    expect(lossCurve(addLosses(emptyHistory, [3, 2, 1]))).toEqual({ x: [1, 2, 3], y: [3, 2, 1] });
  });

  it('puts the mean of many steps in their middle', () => {
    const history = { steps: 4, stride: 2, buckets: [bucket(2, 6), bucket(2, 2)] };
    expect(lossCurve(history)).toEqual({ x: [1.5, 3.5], y: [3, 1] });
  });
});

describe('decimate', () => {
  it('leaves few points alone', () => {
    const curve = { x: [1, 2], y: [5, 6] };
    expect(decimate(curve, 10)).toEqual(curve);
  });

  it('keeps spikes of either kind', () => {
    const x = Array.from({ length: 1000 }, (_, i) => i);
    const y = x.map((i) => (i === 333 ? 99 : i === 777 ? -99 : 1));
    const fewer = decimate({ x, y }, 100);
    expect(fewer.x.length).toBeLessThanOrEqual(100);
    expect(fewer.y[fewer.x.indexOf(333)]).toBe(99);
    expect(fewer.y[fewer.x.indexOf(777)]).toBe(-99);
    expect([...fewer.x]).toEqual([...fewer.x].sort((a, b) => a - b));
  });
});

describe('alignCurves', () => {
  it('fills what a curve lacks with gaps', () => {
    const aligned = alignCurves([
      { x: [1, 3], y: [10, 30] },
      { x: [2, 3], y: [2, 3] },
    ]);
    expect(aligned).toEqual({
      x: [1, 2, 3],
      ys: [
        [10, null, 30],
        [null, 2, 3],
      ],
    });
  });
});

function bucket(count: number, sum: number) {
  return { min: 0, max: sum, sum, count };
}
