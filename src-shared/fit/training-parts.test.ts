import { describe, expect, it } from 'vitest';
import { noneYet, watchEpoch } from './early-stopping';
import { BatchReader } from './feed-columns';
import { Pace } from './pace';

describe('BatchReader', () => {
  const images = Uint8Array.from({ length: 12 }, (_, i) => i);
  const reader = new BatchReader([
    { name: 'image', dtype: 'uint8', rowShape: [2, 1], values: images },
    { name: 'label', dtype: 'int32', rowShape: [], values: Int32Array.of(9, 8, 7, 6, 5, 4) },
  ]);

  it('gathers rows in the order asked for', () => {
    const batch = reader.read(Int32Array.of(5, 0, 3, 1), 1, 4);
    expect(batch.image).toEqual({ dtype: 'uint8', shape: [3, 2, 1], data: Uint8Array.of(0, 1, 6, 7, 2, 3) });
    expect(batch.label).toEqual({ dtype: 'int32', shape: [3], data: Int32Array.of(9, 6, 8) });
  });
});

describe('watchEpoch', () => {
  const settings = { monitor: 'valLoss', patience: 2, minDelta: 0.01 } as const;

  it('stops after `patience` epochs without improvement and remembers the best', () => {
    const values = [1, 0.5, 0.495, 0.6];
    let state = { ...noneYet, improved: false, stop: false };
    const stops = values.map((value, i) => {
      state = watchEpoch(state, { epoch: i + 1, value, settings });
      return state.stop;
    });
    expect(stops).toEqual([false, false, false, true]);
    expect(state).toMatchObject({ best: 0.5, bestEpoch: 2 });
  });

  it('takes larger accuracy as better', () => {
    const first = watchEpoch(noneYet, { epoch: 1, value: 0.5, settings: { ...settings, monitor: 'accuracy' } });
    expect(watchEpoch(first, { epoch: 2, value: 0.6, settings: { ...settings, monitor: 'accuracy' } }).improved).toBe(
      true,
    );
  });
});

describe('Pace', () => {
  it('measures the rate over a window and what is left', () => {
    const pace = new Pace(1000, 5);
    pace.mark(0, 0);
    expect(pace.mark(100, 1)).toEqual({ rate: 100, remaining: 9 });
    for (let second = 2; second <= 20; second++) pace.mark(100 + (second - 1) * 10, second);
    expect(pace.mark(300, 21).rate).toBeCloseTo(10, 5);
  });
});
