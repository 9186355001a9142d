import { expect, test } from 'vitest';
import { compileTraining } from '../../src-shared/compile/compile-training';
import { chain } from '../../src-shared/compile/fixtures/networks';
import { initialState } from '../../src-shared/compile/initializers';
import { isFiniteState } from '../../src-shared/fit/finite-state';
import { lookupOp } from '../../src-shared/ops/catalog';
import { openTensorflowRunner } from '../backends/tensorflow/runner';
import { tensorflowObstacle } from '../backends/test-programs/tensorflow-obstacle';

test.skipIf(tensorflowObstacle())('a batch of one row is normalized to its shift, as Keras does', async () => {
  const network = chain([
    ['input', { shape: '3' }],
    ['batchNormalization', { momentum: 0.9 }, 'norm'],
    ['dense', { units: 1, useBias: false }, 'dense'],
  ]);
  const optimizer = { type: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false } as const;
  const program = compileTraining({
    program: network,
    objectives: [{ output: 'y', loss: 'meanSquaredError' }],
    optimizer,
  });
  const session = await openTensorflowRunner({ lookup: lookupOp }).open(program);
  const before = initialState(program, 1);
  await session.run('init', before);
  const { loss } = await session.run('step', {
    input_0: { dtype: 'float32', shape: [1, 3], data: Float32Array.of(1, -2, 30) },
    'target/y': { dtype: 'float32', shape: [1, 1], data: Float32Array.of(2) },
    learningRate: { dtype: 'float32', shape: [], data: Float32Array.of(0.1) },
  });
  const after = await session.run('snapshot');
  await session.close();
  // y = beta · kernel = 0, so the loss is the target squared.
  expect(loss?.data[0]).toBeCloseTo(4, 6);
  expect(isFiniteState(after)).toBe(true);
  expect(after['norm/gamma']).toEqual(before['norm/gamma']);
  const moved = (name: string) => Array.from(after[`norm/${name}`]?.data ?? [], Number);
  moved('movingMean').forEach((value, i) => {
    expect(value).toBeCloseTo(0.1 * ([1, -2, 30][i] ?? 0), 5);
  });
  // The variance of one number is 0; nine tenths of the first value, 1, are kept.
  for (const value of moved('movingVariance')) expect(value).toBeCloseTo(0.9, 6);
});
