import { expect, test } from 'vitest';
import { compileTraining } from '../../src-shared/compile/compile-training';
import { chain } from '../../src-shared/compile/fixtures/networks';
import { initialState } from '../../src-shared/compile/initializers';
import { bfloat16Effect } from '../../src-shared/fit/bfloat16-effect';
import type { TrainingPlan } from '../../src-shared/fit/train-network';
import { lookupOp } from '../../src-shared/ops/catalog';
import { createRandom } from '../../src-shared/random';
import type { Precision, Programs } from '../../src-shared/runs/run-context';
import { hasBfloat16 } from '../backends/cpu-features';
import { openTensorflowRunner } from '../backends/tensorflow/runner';
import { tensorflowObstacle } from '../backends/test-programs/tensorflow-obstacle';

test('a processor has bfloat16 by its own word', () => {
  expect(hasBfloat16(new Set(['avx', 'avx2', 'avx512f']))).toBe(false);
  expect(hasBfloat16(new Set(['avx512f', 'avx512_bf16']))).toBe(true);
  expect(hasBfloat16(new Set(['amx_tile', 'amx_bf16']))).toBe(true);
});

test.skipIf(tensorflowObstacle())('what bfloat16 does to the validation rows is told in both precisions', async () => {
  const network = chain([
    ['input', { shape: '64' }],
    ['dense', { units: 32, activation: 'relu' }],
    ['dense', { units: 3, activation: 'softmax' }],
  ]);
  const optimizer = { type: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false } as const;
  const loss = 'sparseCategoricalCrossentropy';
  const program = compileTraining({
    program: network,
    objectives: [{ output: 'y', loss, metrics: ['accuracy'] }],
    optimizer,
  });
  const random = createRandom(1);
  const rows = 200;
  const plan: TrainingPlan = {
    program,
    initial: initialState(program, 1),
    columns: [
      {
        name: 'input_0',
        dtype: 'float32',
        rowShape: [64],
        values: Float32Array.from({ length: rows * 64 }, () => random.normal()),
      },
      { name: 'target/y', dtype: 'int32', rowShape: [], values: Int32Array.from({ length: rows }, (_, i) => i % 3) },
    ],
    trainRows: new Int32Array(0),
    validationRows: Int32Array.from({ length: rows }, (_, i) => i),
    epochs: 1,
    batchSize: 32,
    learningRate: () => 0.1,
    precision: 'mixedBfloat16',
    seed: 1,
  };
  const real = openTensorflowRunner({ lookup: lookupOp });
  const opened: (Precision | undefined)[] = [];
  const programsThat = (can: boolean): Programs => ({
    ...real,
    runner: { ...real.runner, hasBfloat16: can },
    open: (steps, options) => {
      opened.push(options?.precision);
      return real.open(steps, options);
    },
  });
  const { signal } = new AbortController();
  const ask = (can: boolean, changes: Partial<TrainingPlan> = {}) =>
    bfloat16Effect({ ...plan, ...changes }, { state: plan.initial, programs: programsThat(can), signal });
  expect(await ask(false)).toBeUndefined();
  expect(await ask(true, { precision: 'float32' })).toBeUndefined();
  expect(await ask(true, { validationRows: new Int32Array(0) })).toBeUndefined();
  expect(opened).toEqual([]);
  const scores = expect.stringMatching(/^accuracy \d\.\d{4}, loss \d\.\d{4}$/);
  expect(await ask(true)).toMatchObject({
    code: 'bfloat16-effect',
    severity: 'info',
    values: { rows, bfloat16: scores, float32: scores },
  });
  expect(opened).toEqual(['mixedBfloat16', 'float32']);
});
