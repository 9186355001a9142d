import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookupOp } from '../../src-shared/ops/catalog';
import type { TensorData } from '../../src-shared/ops/tensor';
import { ProblemError } from '../../src-shared/problem';
import type { Session } from '../../src-shared/runs/run-context';
import { chooseRunner } from './choose-runner';
import type { Runner } from './runner';
import { descentProgram } from './test-programs/descent';
import { tfjsNodeObstacle } from './test-programs/obstacles';
import { tensorflowObstacle } from './test-programs/tensorflow-obstacle';

const float32 = (shape: readonly number[], ...data: number[]): TensorData => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(data),
});
const int32 = (value: number): TensorData => ({ dtype: 'int32', shape: [], data: Int32Array.of(value) });

const start = { kernel: float32([2, 1], 1, -2), steps: int32(0) };
const batch = { x: float32([2, 2], 1, 0, 0, 2), learningRate: float32([], 0.25) };

const names = ['libtensorflow', 'tfjs-node', 'tfjs'] as const;
const obstacles: Partial<Record<(typeof names)[number], string>> = {
  libtensorflow: tensorflowObstacle() ?? '',
  'tfjs-node': tfjsNodeObstacle() ?? '',
};

describe.each(names.filter((name) => !obstacles[name]))('a session of %s', (name) => {
  let runner: Runner;
  let session: Session;
  beforeAll(async () => {
    ({ runner } = await chooseRunner({ lookup: lookupOp }, { ...process.env, MODELYARD_RUNNER: name }));
    session = await runner.open(descentProgram());
    await session.run('init', start);
  });
  afterAll(() => session.close());

  test('says what it is', () => {
    expect(runner.runner.name).toBe(name);
    expect(runner.runner.description).toMatch(/\d+\.\d+\.\d+.*\d thread/);
  });

  test('keeps its state between calls, reads it before it changes, and performs effects once', async () => {
    await session.run('init', start);
    // loss = mean((x·w)²) = (1 + 16) / 2; gradient = 2/2 · xᵀ(x·w) = [1, -8]
    const first = await session.run('step', batch);
    expect(first).toEqual({ loss: float32([], 8.5) });
    const { kernel, steps } = await session.run('snapshot');
    expect(kernel).toEqual(float32([2, 1], 0.75, 0));
    expect(steps).toEqual(int32(1));
    const second = await session.run('step', batch);
    expect(second.loss?.data[0]).toBeCloseTo(0.5625 / 2, 6);
    expect((await session.run('snapshot')).steps).toEqual(int32(2));
  });

  test('takes batches of any size, an empty one too', async () => {
    await session.run('init', start);
    expect((await session.run('predict', { x: float32([3, 2], 1, 1, 2, 2, 3, 3) })).y).toEqual(
      float32([3, 1], -1, -2, -3),
    );
    expect((await session.run('predict', { x: float32([0, 2]) })).y).toEqual(float32([0, 1]));
  });

  test('copies its feeds, so that the caller may use the buffers again', async () => {
    const x = float32([1, 2], 1, 1);
    const kernel = float32([2, 1], 1, -2);
    await session.run('init', { ...start, kernel });
    const running = session.run('predict', { x });
    (x.data as Float32Array).fill(100);
    (kernel.data as Float32Array).fill(100);
    expect((await running).y).toEqual(float32([1, 1], -1));
    expect((await session.run('snapshot')).kernel).toEqual(start.kernel);
  });

  test('says on which canvas node an operation failed', async () => {
    const fresh = await runner.open(descentProgram());
    const failure = fresh.run('predict', { x: float32([1, 2], 1, 2) });
    const code = name === 'tfjs' ? 'portable-failed' : 'tensorflow-failed';
    await expect(failure).rejects.toMatchObject({ problem: { code, node: '层 1' } });
    await fresh.close();
  });

  test('reports a feed of the wrong shape as a problem and goes on', async () => {
    const wide = float32([1, 3], 1, 2, 3);
    await expect(session.run('predict', { x: wide })).rejects.toBeInstanceOf(ProblemError);
    expect((await session.run('predict', { x: float32([1, 2], 0, 0) })).y).toEqual(float32([1, 1], 0));
  });

  test('refuses a missing feed and an unknown entry', async () => {
    await expect(session.run('step', { x: batch.x })).rejects.toThrow('learningRate');
    await expect(session.run('stepp')).rejects.toThrow('no entry "stepp"');
  });
});

test.skipIf(tfjsNodeObstacle() || tensorflowObstacle())('libtensorflow and tfjs-node agree bit for bit', async () => {
  const results = await Promise.all(
    (['libtensorflow', 'tfjs-node'] as const).map(async (name) => {
      const { runner } = await chooseRunner({}, { ...process.env, MODELYARD_RUNNER: name });
      const session = await runner.open(descentProgram());
      await session.run('init', { kernel: float32([2, 1], 0.1, 0.7), steps: int32(0) });
      const losses: TensorData[] = [];
      for (let i = 0; i < 20; i++) {
        const x = float32([3, 2], ...Array.from({ length: 6 }, (_, j) => Math.sin(i * 7 + j)));
        const { loss } = await session.run('step', { x, learningRate: float32([], 0.1) });
        if (loss) losses.push(loss);
      }
      const state = await session.run('snapshot');
      await session.close();
      return { losses, state };
    }),
  );
  expect(results[0]).toEqual(results[1]);
});
