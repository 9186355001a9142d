import { describe, expect, test } from 'vitest';
import { lookupOp } from '../../ops/catalog';
import { chain } from '../fixtures/networks';
import { isFrozen, lower } from './lower';
import { seedRandomSteps } from './seed-random-steps';

const network = chain([
  ['input', { shape: '6' }, 'x'],
  ['dense', { units: 4 }, 'dense'],
  ['batchNormalization', {}, 'norm'],
  ['dropout', { rate: 0.5 }, 'drop'],
  ['dropout', { rate: 0.5 }, 'drop_1'],
]);

function opsOf(phase: 'train' | 'infer', frozen: readonly string[] = []): string[] {
  return lower(network, { phase, frozen }, lookupOp).steps.map(({ op }) => op);
}

describe('lower', () => {
  test('draws masks and moves averages in training', () => {
    const lowered = lower(network, { phase: 'train' }, lookupOp);
    expect(opsOf('train').filter((op) => op === 'randomUniform')).toHaveLength(2);
    expect(opsOf('train')).toContain('batchNormTraining');
    expect(lowered.updates.map(({ state }) => state)).toEqual(['norm/movingMean', 'norm/movingVariance']);
  });

  test('does neither in inference', () => {
    const lowered = lower(network, { phase: 'infer' }, lookupOp);
    expect(opsOf('infer')).not.toContain('randomUniform');
    expect(opsOf('infer')).toContain('batchNormInference');
    expect(lowered.updates).toEqual([]);
    expect(lowered.state.map(({ id }) => id)).toEqual(network.state.map(({ id }) => id));
  });

  test('runs a frozen batch norm as in inference', () => {
    const lowered = lower(network, { phase: 'train', frozen: ['norm'] }, lookupOp);
    expect(lowered.steps.map(({ op }) => op)).toContain('batchNormInference');
    expect(lowered.updates).toEqual([]);
  });

  test('leaves no op whose meaning depends on the phase', () => {
    for (const op of [...opsOf('train'), ...opsOf('infer')]) expect(lookupOp(op).lower, op).toBeUndefined();
  });
});

test('isFrozen tells layers apart whose names begin alike', () => {
  expect(isFrozen('dense_1/kernel', ['dense_1'])).toBe(true);
  expect(isFrozen('dense_10/kernel', ['dense_1'])).toBe(false);
});

test('seedRandomSteps makes masks differ between documents and between layers', () => {
  const seeds = (seed: number) => seedRandomSteps(network, seed).steps.flatMap(({ attrs }) => attrs.seed ?? []);
  expect(seeds(1)).toEqual(seeds(1));
  expect(new Set([...seeds(1), ...seeds(2)]).size).toBe(4);
});
