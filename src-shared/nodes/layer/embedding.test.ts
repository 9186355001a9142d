import { describe, expect, test } from 'vitest';
import { chooseRunner } from '../../../src-main/backends/choose-runner';
import { tensorflowObstacle } from '../../../src-main/backends/test-programs/tensorflow-obstacle';
import { compileTraining } from '../../compile/compile-training';
import { chain } from '../../compile/fixtures/networks';
import { initialState } from '../../compile/initializers';
import type { TensorData } from '../../ops/tensor';
import { explainProblem } from '../../problems/sentences';

const program = compileTraining({
  program: chain([
    ['input', { shape: '3' }, 'x'],
    ['embedding', { inputDim: 5, outputDim: 2 }, 'words'],
    ['flatten'],
    ['dense', { units: 2, activation: 'softmax' }],
  ]),
  objectives: [{ output: 'y', loss: 'sparseCategoricalCrossentropy' }],
  optimizer: { type: 'sgd', learningRate: 1, momentum: 0, nesterov: false },
});

function words(...codes: number[]): TensorData {
  return { dtype: 'float32', shape: [codes.length / 3, 3], data: Float32Array.from(codes) };
}

const target: TensorData = { dtype: 'int32', shape: [1], data: Int32Array.of(0) };
const learningRate: TensorData = { dtype: 'float32', shape: [], data: Float32Array.of(1) };

describe.each(tensorflowObstacle() ? ['tfjs'] : ['libtensorflow', 'tfjs'])('an embedding on %s', (name) => {
  async function openSession() {
    const { runner } = await chooseRunner({}, { ...process.env, MODELYARD_RUNNER: name });
    const session = await runner.open(program);
    await session.run('init', initialState(program, 1));
    return session;
  }

  test('moves the rows that the batch names, and no other', async () => {
    const session = await openSession();
    const before = (await session.run('snapshot'))['words/embeddings'];
    await session.run('step', { x: words(4, 1, 4), 'target/y': target, learningRate });
    const after = (await session.run('snapshot'))['words/embeddings'];
    const moved = [0, 1, 2, 3, 4].filter((row) => before?.data[2 * row] !== after?.data[2 * row]);
    expect(moved).toEqual([1, 4]);
    await session.close();
  });

  test.each([5, -1])('refuses the number %d with its limits', async (index) => {
    const session = await openSession();
    const failure = session.run('predict', { x: words(0, 1, index) });
    const problem = { code: 'index-out-of-range', values: { index, last: 4 }, node: 'words' };
    await expect(failure).rejects.toMatchObject({ problem });
    await session.close();
  });
});

test('the sentence names the number and the limits', () => {
  const values = { index: 7, last: 4 };
  const { text, fix } = explainProblem({ code: 'index-out-of-range', severity: 'error', values }, 'en');
  expect(text).toContain('number 7');
  expect(text).toContain('from 0 to 4');
  expect(fix).toContain('input size');
});
