import { expect, test } from 'vitest';
import { openTensorflowRunner } from '../../src-main/backends/tensorflow/runner';
import { difference } from '../../src-main/backends/test-programs/compare';
import { lookupOp } from '../ops/catalog';
import type { StepProgram } from '../ops/program';
import type { TensorData } from '../ops/tensor';
import { createRandom } from '../random';
import { compileTraining } from './compile-training';
import { chain, referenceCnn } from './fixtures/networks';
import { initialState } from './initializers';

const normalized = chain([
  ['input', { shape: '12,12,1' }, 'input_0'],
  ['conv2d', { filters: 16, activation: 'relu' }],
  ['batchNormalization'],
  ['conv2d', { filters: 32, activation: 'relu' }],
  ['flatten'],
  ['dense', { units: 10, activation: 'softmax' }],
]);

const recurrent = chain([
  ['input', { shape: '40,8' }, 'input_0'],
  ['lstm', { units: 16 }],
  ['dense', { units: 10, activation: 'softmax' }],
]);

const runner = openTensorflowRunner({ lookup: lookupOp });

function float(shape: readonly number[], data: Iterable<number>): TensorData {
  return { dtype: 'float32', shape, data: Float32Array.from(data) };
}

/** Steps of 32 rows, 5 rows and one row; what they and an evaluation of 7 rows tell, and the state at the end. */
async function trainBriefly(program: StepProgram, rowShape: readonly number[]): Promise<Record<string, TensorData>> {
  const random = createRandom(4);
  const noise = (rows: number) => {
    const shape = [rows, ...rowShape];
    const size = shape.reduce((product, n) => product * n, 1);
    return {
      input_0: float(
        shape,
        Array.from({ length: size }, () => random.normal()),
      ),
      'target/y': { dtype: 'int32', shape: [rows], data: Int32Array.from({ length: rows }, (_, i) => i % 10) } as const,
    };
  };
  const session = await runner.open(program);
  await session.run('init', initialState(program, 7));
  const told: Record<string, TensorData> = {};
  for (const rows of [32, 5, 1]) {
    const fetched = await session.run('step', { ...noise(rows), learningRate: float([], [0.01]) });
    for (const [name, value] of Object.entries(fetched)) told[`${name} of ${rows}`] = value;
  }
  const state = await session.run('snapshot');
  const evaluated = await session.run('evaluate', noise(7));
  await session.close();
  return { ...told, ...state, ...evaluated };
}

test.each([
  ['a convolutional network', referenceCnn({ dropout: false }), [28, 28, 1]],
  ['one that needs the whole batch on its way', normalized, [12, 12, 1]],
  ['a recurrent one', recurrent, [40, 8]],
] as const)('learns the same when a batch is computed in parts: %s', async (_name, program, shape) => {
  const workload = { threads: 2, batchSize: 2048 };
  const sgd = { type: 'sgd', learningRate: 0.01, momentum: 0.9, nesterov: false } as const;
  const compiled = [{}, { workload }].map((more) => {
    return compileTraining({
      objectives: [{ output: 'y', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] }],
      optimizer: sgd,
      program,
      ...more,
    });
  });
  expect(compiled.map(({ opThreads }) => opThreads)).toEqual([undefined, 1]);
  expect(compiled.map(({ steps }) => steps.some(({ op }) => op === 'joinBatch'))).toEqual([false, true]);
  const [whole, parts] = await Promise.all(compiled.map((each) => trainBriefly(each, shape)));
  expect(Object.keys(parts ?? {}).length).toBeGreaterThan(5);
  for (const [name, value] of Object.entries(whole ?? {})) {
    const far = difference(parts?.[name] ?? value, value, { absolute: 1e-5, relative: 1e-4 });
    expect(far, name).toBeLessThanOrEqual(1);
  }
});
