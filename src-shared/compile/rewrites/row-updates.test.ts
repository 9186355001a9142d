import { describe, expect, test } from 'vitest';
import { openTensorflowRunner } from '../../../src-main/backends/tensorflow/runner';
import { expectClose } from '../../../src-main/backends/test-programs/compare';
import { tensorflowObstacle } from '../../../src-main/backends/test-programs/tensorflow-obstacle';
import { lookupOp } from '../../ops/catalog';
import type { StepProgram } from '../../ops/program';
import type { TensorData } from '../../ops/tensor';
import { compileTraining } from '../compile-training';
import { chain } from '../fixtures/networks';
import { initialState } from '../initializers';

const sgd = { type: 'sgd', learningRate: 0.5, momentum: 0, nesterov: false } as const;

function training(optimizer: Parameters<typeof compileTraining>[0]['optimizer']): StepProgram {
  const layers = [
    ['input', { shape: '3' }, 'x'],
    ['embedding', { inputDim: 6, outputDim: 2 }, 'words'],
    ['flatten'],
    ['dense', { units: 2, activation: 'softmax' }],
  ] as const;
  return compileTraining({
    program: chain(layers),
    objectives: [{ output: 'y', loss: 'sparseCategoricalCrossentropy' }],
    optimizer,
  });
}

const batch = {
  x: { dtype: 'float32', shape: [2, 3], data: Float32Array.of(5, 1, 5, 5, 0, 1) },
  'target/y': { dtype: 'int32', shape: [2], data: Int32Array.of(0, 1) },
  learningRate: { dtype: 'float32', shape: [], data: Float32Array.of(0.5) },
} as const satisfies Record<string, TensorData>;

describe('updateNamedRows', () => {
  test.skipIf(tensorflowObstacle())('moves each row by its gradient, words that stand twice included', async () => {
    const program = training(sgd);
    const session = await openTensorflowRunner({ lookup: lookupOp }).open(program);
    await session.run('init', initialState(program, 3));
    const before = (await session.run('snapshot'))['words/embeddings'];
    const gradient = (await session.run('gradients', batch))['words/embeddings'];
    await session.run('step', batch);
    const after = (await session.run('snapshot'))['words/embeddings'];
    if (!before || !gradient) throw new Error('The table is a state with a gradient.');
    const moved = Float32Array.from(before.data as Float32Array, (value, i) => value - 0.5 * Number(gradient.data[i]));
    expectClose(after, { ...before, data: moved }, 'the table');
    await session.close();
  });

  test('is for plain gradient descent: others move every row', () => {
    const updates = (optimizer: Parameters<typeof training>[0]) =>
      training(optimizer).steps.filter(({ op }) => op === 'scatterAddState').length;
    expect(updates(sgd)).toBe(1);
    expect(updates({ ...sgd, momentum: 0.9 })).toBe(0);
    expect(updates({ type: 'adam', learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 })).toBe(0);
  });
});
