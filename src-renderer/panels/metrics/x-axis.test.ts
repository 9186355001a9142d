import { describe, expect, it } from 'vitest';
import { placesOn } from './x-axis';

const training = { epoch: 2, epochs: 3, step: 5, steps: 10, metrics: {}, rate: 1, unit: 'rows', remaining: 0 };
const epochs = [
  { epoch: 1, metrics: {}, seconds: 4 },
  { epoch: 2, metrics: {}, seconds: 2 },
];

describe('placesOn', () => {
  it('puts steps and epochs on one axis', () => {
    const step = placesOn('step', { training, epochs });
    expect([step?.ofStep(7), step?.ofEpoch(2)]).toEqual([7, 20]);
    const epoch = placesOn('epoch', { training, epochs });
    expect([epoch?.ofStep(5), epoch?.ofEpoch(2)]).toEqual([0.5, 2]);
  });

  it('spreads the seconds of an epoch over its steps, and goes on as before behind the last one', () => {
    const time = placesOn('time', { training, epochs });
    expect([0, 5, 10, 15, 20, 30].map((step) => time?.ofStep(step))).toEqual([0, 2, 4, 5, 6, 9]);
    expect([time?.ofEpoch(1), time?.ofEpoch(2)]).toEqual([4, 6]);
  });

  it('counts on where an earlier run had stopped', () => {
    expect(placesOn('step', { training, epochs, resumedAfter: 4 })?.ofStep(1)).toBe(41);
    expect(placesOn('epoch', { training, epochs, resumedAfter: 4 })?.ofStep(5)).toBe(4.5);
  });

  it('keeps the clocks of folds apart', () => {
    const folded = [...epochs.map((each) => ({ ...each, fold: 1 })), { epoch: 1, metrics: {}, seconds: 9, fold: 2 }];
    expect(placesOn('time', { training, epochs: folded })?.ofEpoch(1, 2)).toBe(9);
  });

  it('does not guess what nobody has said', () => {
    expect(placesOn('step', { epochs })).toBeUndefined();
    expect(placesOn('time', { training, epochs: [] })).toBeUndefined();
    expect(placesOn('epoch', { epochs })?.ofEpoch(2)).toBe(2);
  });
});
