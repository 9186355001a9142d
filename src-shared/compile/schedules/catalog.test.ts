import { describe, expect, test } from 'vitest';
import { learningRateAt } from './catalog';

describe('learningRateAt', () => {
  test('keeps a constant rate', () => {
    expect(learningRateAt({ type: 'constant' }, 0.1)(500, 1000)).toBe(0.1);
  });

  test('halves in steps', () => {
    const rate = learningRateAt({ type: 'step', decaySteps: 10, decayRate: 0.5 }, 0.8);
    expect([0, 9, 10, 25].map((step) => rate(step, 100))).toEqual([0.8, 0.8, 0.4, 0.2]);
  });

  test('decays exponentially', () => {
    const rate = learningRateAt({ type: 'exponential', decaySteps: 10, decayRate: 0.25 }, 1);
    expect(rate(5, 100)).toBeCloseTo(0.5, 12);
  });

  test('falls along a cosine over the whole training, after a linear warm-up', () => {
    const rate = learningRateAt({ type: 'cosine', decaySteps: 0, alpha: 0.1, warmupSteps: 20 }, 1);
    expect(rate(0, 120)).toBe(0);
    expect(rate(10, 120)).toBe(0.5);
    expect(rate(20, 120)).toBe(1);
    expect(rate(70, 120)).toBeCloseTo(0.55, 12);
    expect(rate(120, 120)).toBeCloseTo(0.1, 12);
    expect(rate(1000, 120)).toBeCloseTo(0.1, 12);
  });
});
