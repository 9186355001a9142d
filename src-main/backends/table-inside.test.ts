import { describe, expect, test } from 'vitest';
import { compileTraining } from '../../src-shared/compile/compile-training';
import { referenceCnn } from '../../src-shared/compile/fixtures/networks';
import { initialState } from '../../src-shared/compile/initializers';
import { openOverTable } from '../../src-shared/fit/batch-source';
import type { FeedColumn } from '../../src-shared/fit/feed-columns';
import { createRandom } from '../../src-shared/random';
import { chooseRunner } from './choose-runner';
import { tfjsNodeObstacle } from './test-programs/obstacles';
import { tensorflowObstacle } from './test-programs/tensorflow-obstacle';

const rows = 24;
const random = createRandom(9);
const columns: FeedColumn[] = [
  {
    name: 'input_0',
    dtype: 'float32',
    rowShape: [28, 28, 1],
    values: Float32Array.from({ length: rows * 784 }, () => random.normal()),
  },
  { name: 'target/y', dtype: 'int32', rowShape: [], values: Int32Array.from({ length: rows }, (_, row) => row % 10) },
];
const order = createRandom(2).shuffle(Int32Array.from({ length: rows }, (_, row) => row));
const optimizer = { type: 'sgd', learningRate: 0.01, momentum: 0, nesterov: false } as const;
const program = compileTraining({
  program: referenceCnn(),
  objectives: [{ output: 'y', loss: 'sparseCategoricalCrossentropy' }],
  optimizer,
});

/** Three batches, the last one smaller, then an evaluation. */
async function train(runnerName: string, limit: number) {
  const { runner } = await chooseRunner({}, { ...process.env, MODELYARD_RUNNER: runnerName });
  const { session, batches } = await openOverTable(runner, program, { columns, limit });
  await session.run('init', initialState(program, 4));
  const learningRate = { dtype: 'float32', shape: [], data: Float32Array.of(0.01) } as const;
  const losses = [];
  for (const [from, to] of [
    [0, 10],
    [10, 20],
    [20, 24],
  ] as const) {
    losses.push(await session.run('step', { ...(await batches.read(order, from, to)), learningRate }));
  }
  const evaluation = await session.run('evaluate', await batches.read(order, 3, 9));
  const state = await session.run('snapshot');
  await session.close();
  return { losses, evaluation, state };
}

describe('a table that is kept in the session', () => {
  const runners = [
    ['libtensorflow', tensorflowObstacle()],
    ['tfjs-node', tfjsNodeObstacle()],
    ['tfjs', undefined],
  ] as const;
  for (const [runner, obstacle] of runners) {
    test.skipIf(obstacle)(`trains to the same bits as one that is fed, on ${runner}`, async () => {
      const inside = await train(runner, Number.POSITIVE_INFINITY);
      expect(inside).toEqual(await train(runner, 0));
      expect(Object.keys(inside.state).some((id) => id.startsWith('data/'))).toBe(false);
    });
  }
});
