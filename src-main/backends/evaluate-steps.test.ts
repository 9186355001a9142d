import { describe, expect, test } from 'vitest';
import { lookupOp } from '../../src-shared/ops/catalog';
import { ProgramBuilder } from '../../src-shared/ops/program-builder';
import { evaluate } from './evaluate-steps';
import { tensorflowObstacle } from './test-programs/tensorflow-obstacle';

function biasRelu() {
  const b = new ProgramBuilder(lookupOp);
  const x = b.input('x', { dtype: 'float32', shape: ['batch', 2] });
  const bias = b.declare({ id: '密集 1/bias', type: { dtype: 'float32', shape: [2] }, init: { type: 'zeros' } });
  const y = b.inScope('密集 1', () => b.value('relu', { x: b.value('biasAdd', { x, bias }) }));
  return b.build({ y });
}

const weights = { '密集 1/bias': { dtype: 'float32', shape: [2], data: Float32Array.of(0.1, -5) } } as const;
const x = { dtype: 'float32', shape: [2, 2], data: Float32Array.of(1, 2, -3, 7) } as const;

describe.skipIf(tensorflowObstacle())('evaluate', () => {
  test('computes a program on libtensorflow', async () => {
    const { y } = await evaluate(biasRelu(), { x }, { weights });
    expect(y).toEqual({ dtype: 'float32', shape: [2, 2], data: Float32Array.of(1 + Math.fround(0.1), 0, 0, 2) });
  });

  test('computes in float64 where asked', async () => {
    const { y } = await evaluate(biasRelu(), { x }, { weights, double: true });
    expect(y?.dtype).toBe('float64');
    expect(y?.data).toEqual(Float64Array.of(1 + Math.fround(0.1), 0, 0, 2));
  });

  test('refuses data that do not fill their shape', async () => {
    const short = { dtype: 'float32', shape: [3, 2], data: Float32Array.of(1) } as const;
    await expect(evaluate(biasRelu(), { x: short }, { weights })).rejects.toThrow('[3, 2] has 6 elements, not 1');
  });
});
