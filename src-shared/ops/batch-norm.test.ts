import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src-main/backends/evaluate-steps';
import { tensorflowObstacle } from '../../src-main/backends/test-programs/tensorflow-obstacle';
import { lower } from '../compile/passes/lower';
import { lookupOp } from './catalog';
import { ProgramBuilder } from './program-builder';
import type { TensorData } from './tensor';

const channels = (...data: number[]): TensorData => ({ dtype: 'float32', shape: [2], data: Float32Array.from(data) });

/** A batch normalisation whose outputs are all named, lowered to one phase. */
function layer(phase: 'train' | 'infer', frozen: readonly string[] = []) {
  const b = new ProgramBuilder(lookupOp);
  const type = { dtype: 'float32', shape: [2] } as const;
  const x = b.input('x', { dtype: 'float32', shape: ['batch', 2] });
  const names = ['gamma', 'beta', 'movingMean', 'movingVariance'] as const;
  const inputs = Object.fromEntries(names.map((name) => [name, b.input(name, type)]));
  const outputs = b.inScope('norm', () => b.op('batchNorm', { x, ...inputs }, { epsilon: 1e-3, momentum: 0.9 }));
  const { y, movingMean, movingVariance } = outputs;
  if (!y || !movingMean || !movingVariance) throw new Error('An output is missing.');
  return lower(b.build({ y, nextMean: movingMean, nextVariance: movingVariance }), { phase, frozen }, lookupOp);
}

const others = {
  gamma: channels(2, 1),
  beta: channels(0, 10),
  movingMean: channels(1, 2),
  movingVariance: channels(4, 5),
};
const rows = (...data: number[]) => ({
  ...others,
  x: { dtype: 'float32' as const, shape: [data.length / 2, 2], data: Float32Array.from(data) },
});
const numbers = (value: TensorData | undefined) => Array.from(value?.data ?? [], Number);

describe.each(['native', 'tfjs'] as const)('batch normalisation on %s', (runner) => {
  const isAbsent = runner === 'native' && tensorflowObstacle() !== undefined;
  const run = (program: ReturnType<typeof layer>, inputs: Record<string, TensorData>) =>
    evaluate(program, inputs, { runner });

  test.skipIf(isAbsent)('trains on the batch and moves the averages by the biased variance', async () => {
    // Channel 1: 1, 3 → mean 2, variance 1. Channel 2: 0, 4 → mean 2, variance 4.
    const { y, nextMean, nextVariance } = await run(layer('train'), rows(1, 0, 3, 4));
    const [first, second] = [2 / Math.sqrt(1.001), 2 / Math.sqrt(4.001)];
    const expected = [-first, 10 - second, first, 10 + second];
    numbers(y).forEach((value, i) => void expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5));
    expect(numbers(nextMean).map((value) => value.toFixed(5))).toEqual(['1.10000', '2.00000']);
    expect(numbers(nextVariance).map((value) => value.toFixed(5))).toEqual(['3.70000', '4.90000']);
  });

  test.skipIf(isAbsent)('has variance 0 for a single row', async () => {
    const { y, nextVariance } = await run(layer('train'), rows(7, -7));
    expect(numbers(y)).toEqual([0, 10]);
    expect(numbers(nextVariance).map((value) => value.toFixed(5))).toEqual(['3.60000', '4.50000']);
  });

  test.skipIf(isAbsent)('infers from the averages and leaves them; frozen it trains like that too', async () => {
    for (const program of [layer('infer'), layer('train', ['norm'])]) {
      const { y, nextMean, nextVariance } = await run(program, rows(3, 2));
      expect(numbers(y)[0]).toBeCloseTo(4 / Math.sqrt(4.001), 5);
      expect(numbers(y)[1]).toBeCloseTo(10, 5);
      expect([numbers(nextMean), numbers(nextVariance)]).toEqual([
        [1, 2],
        [4, 5],
      ]);
    }
  });
});
