import { describe, expect, it } from 'vitest';
import { placesOn } from './x-axis';

const steps = 10;
const epochs = [
  { epoch: 1, metrics: {}, seconds: 4 },
  { epoch: 2, metrics: {}, seconds: 2 },
];

describe('placesOn', () => {
  it('puts steps and epochs on one axis', () => {
    const step = placesOn('step', { steps, epochs });
    expect([step?.ofStep(7), step?.ofEpoch(2)]).toEqual([7, 20]);
    const epoch = placesOn('epoch', { steps, epochs });
    expect([epoch?.ofStep(5), epoch?.ofEpoch(2)]).toEqual([0.5, 2]);
  });

  it('spreads the seconds of an epoch over its steps, and goes on as before behind the last one', () => {
    const time = placesOn('time', { steps, epochs });
    expect([0, 5, 10, 15, 20, 30].map((step) => time?.ofStep(step))).toEqual([0, 2, 4, 5, 6, 9]);
    expect([time?.ofEpoch(1), time?.ofEpoch(2)]).toEqual([4, 6]);
  });

  it('counts on where an earlier run had stopped', () => {
    expect(placesOn('step', { steps, epochs, resumedAfter: 4 })?.ofStep(1)).toBe(41);
    expect(placesOn('epoch', { steps, epochs, resumedAfter: 4 })?.ofStep(5)).toBe(4.5);
  });

  it('keeps the clocks of folds apart', () => {
    const folded = [...epochs.map((each) => ({ ...each, fold: 1 })), { epoch: 1, metrics: {}, seconds: 9, fold: 2 }];
    expect(placesOn('time', { steps, epochs: folded })?.ofEpoch(1, 2)).toBe(9);
  });

  it('does not guess what nobody has said', () => {
    expect(placesOn('step', { epochs })).toBeUndefined();
    expect(placesOn('time', { steps, epochs: [] })).toBeUndefined();
    expect(placesOn('epoch', { epochs })).toBeUndefined();
  });
});
