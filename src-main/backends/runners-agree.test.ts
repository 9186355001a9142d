import { describe, expect, test } from 'vitest';
import { compileTraining } from '../../src-shared/compile/compile-training';
import { referenceCnn } from '../../src-shared/compile/fixtures/networks';
import { initialState } from '../../src-shared/compile/initializers';
import type { StepProgram } from '../../src-shared/ops/program';
import type { TensorData } from '../../src-shared/ops/tensor';
import { createRandom } from '../../src-shared/random';
import { chooseRunner } from './choose-runner';
import { difference } from './test-programs/compare';
import { tfjsNodeObstacle } from './test-programs/obstacles';
import { tensorflowObstacle } from './test-programs/tensorflow-obstacle';

const adam = { type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
const rate: TensorData = { dtype: 'float32', shape: [], data: Float32Array.of(0.01) };

const sgd = { type: 'sgd', learningRate: 0.001, momentum: 0, nesterov: false } as const;
const task = { objectives: [{ output: 'y', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] }] } as const;

/** Digits that are none: noise, with labels. */
function batches(count: number, size: number): Record<string, TensorData>[] {
  const random = createRandom(3);
  return Array.from({ length: count }, () => ({
    input_0: {
      dtype: 'float32',
      shape: [size, 28, 28, 1],
      data: Float32Array.from({ length: size * 784 }, () => random.normal()),
    },
    'target/y': { dtype: 'int32', shape: [size], data: Int32Array.from({ length: size }, (_, i) => i % 10) },
  }));
}

/** Trains a few steps and returns every loss, every state and a prediction. */
async function train(runnerName: string, program: StepProgram, data: readonly Record<string, TensorData>[]) {
  const { runner } = await chooseRunner({}, { ...process.env, MODELYARD_RUNNER: runnerName });
  const session = await runner.open(program);
  await session.run('init', initialState(program, 42));
  const fetched = [];
  for (const batch of data) fetched.push(await session.run('step', { ...batch, learningRate: rate }));
  const state = await session.run('snapshot');
  const input = data[0]?.input_0;
  const prediction = input ? await session.run('predict', { input_0: input }) : {};
  await session.close();
  return { fetched, state, prediction };
}

describe.skipIf(tensorflowObstacle())('the reference network, trained', () => {
  test.skipIf(tfjsNodeObstacle())('is the same bit for bit on libtensorflow and on tfjs-node', async () => {
    const program = compileTraining({ program: referenceCnn(), ...task, optimizer: adam });
    const data = batches(6, 32);
    const native = await train('libtensorflow', program, data);
    expect(native.fetched.every(({ loss }) => Number.isFinite(loss?.data[0]))).toBe(true);
    expect(native).toEqual(await train('tfjs-node', program, data));
  });

  // Plain gradient descent: Adam would make as much of a gradient's last bits as of its first.
  test('is nearly the same on portable tfjs: the loss, a prediction, and the state after one step', async () => {
    const program = compileTraining({ program: referenceCnn({ dropout: false }), ...task, optimizer: sgd });
    const data = batches(1, 2);
    const native = await train('libtensorflow', program, data);
    const portable = await train('tfjs', program, data);
    const all = ({ fetched, state, prediction }: typeof native) => ({ ...fetched[0], ...state, ...prediction });
    const [actual, expected] = [all(portable), all(native)];
    const furthest = Object.entries(expected).map(([name, value]) => {
      const other = actual[name];
      return other ? difference(other, value, { absolute: 1e-4, relative: 1e-4 }) : Number.NaN;
    });
    expect(furthest.length).toBeGreaterThan(9);
    expect(Math.max(...furthest)).toBeLessThanOrEqual(1);
  });
});
