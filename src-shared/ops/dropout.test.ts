import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src-main/backends/evaluate-steps';
import { tensorflowObstacle } from '../../src-main/backends/test-programs/tensorflow-obstacle';
import { lower, stepCounterState } from '../compile/passes/lower';
import { lookupOp } from './catalog';
import { ProgramBuilder } from './program-builder';
import type { TensorData } from './tensor';

const rate = 0.25;
const ones: TensorData = { dtype: 'float32', shape: [100, 50], data: new Float32Array(5000).fill(1) };

function program(seed: number) {
  const b = new ProgramBuilder(lookupOp);
  const x = b.input('x', { dtype: 'float32', shape: ['batch', 50] });
  return lower(b.build({ y: b.value('dropout', { x }, { rate, seed }) }), { phase: 'train' }, lookupOp);
}

describe.each(['native', 'tfjs'] as const)('dropout on %s', (runner) => {
  const isAbsent = runner === 'native' && tensorflowObstacle() !== undefined;

  async function drop(seed: number, step: number): Promise<number[]> {
    const weights = { [stepCounterState]: { dtype: 'int32' as const, shape: [], data: Int32Array.of(step) } };
    const { y } = await evaluate(program(seed), { x: ones }, { runner, weights });
    return Array.from(y?.data ?? [], Number);
  }

  test.skipIf(isAbsent)('drops the given share and enlarges the rest', async () => {
    const y = await drop(1, 0);
    const kept = y.filter((value) => value !== 0);
    for (const value of kept) expect(value).toBeCloseTo(1 / (1 - rate), 5);
    // 5,000 draws: five standard deviations are 0.031.
    expect(Math.abs(kept.length / y.length - (1 - rate))).toBeLessThan(0.031);
  });

  test.skipIf(isAbsent)('draws the same again for the same seed and step, and others for another', async () => {
    const [first, again, later, other] = [await drop(1, 3), await drop(1, 3), await drop(1, 4), await drop(2, 3)];
    expect(again).toEqual(first);
    expect(later).not.toEqual(first);
    expect(other).not.toEqual(first);
  });
});
