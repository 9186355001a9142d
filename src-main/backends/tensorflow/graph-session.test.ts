import { describe, expect, test } from 'vitest';
import { lookupOp } from '../../../src-shared/ops/catalog';
import type { StepProgram } from '../../../src-shared/ops/program';
import { ProgramBuilder } from '../../../src-shared/ops/program-builder';
import type { TensorData } from '../../../src-shared/ops/tensor';
import { descentProgram } from '../test-programs/descent';
import { tensorflowObstacle } from '../test-programs/tensorflow-obstacle';
import { openTensorflowRunner } from './runner';

const zeros = (...shape: number[]): TensorData => {
  const size = shape.reduce((product, n) => product * n, 1);
  return { dtype: 'float32', shape, data: new Float32Array(size) };
};

/** The outer product of two vectors, on the canvas node `大`: small feeds, as large a result as one likes. */
function outerProduct(): StepProgram {
  const b = new ProgramBuilder(lookupOp);
  const column = { dtype: 'float32', shape: ['rows', 1] } as const;
  const row = { dtype: 'float32', shape: [1, 'columns'] } as const;
  const { step, output } = b.inScope('大', () => b.matMul(b.feed('a', column), b.feed('b', row)));
  const run = { feeds: { a: column, b: row }, fetches: { y: { step, output } }, targets: [] };
  return { state: [], steps: b.steps, entries: { run }, functions: {} };
}

describe.skipIf(tensorflowObstacle())('a session of libtensorflow', () => {
  const runner = tensorflowObstacle() ? undefined : openTensorflowRunner({ lookup: lookupOp });
  const open = (program: StepProgram) => {
    if (!runner) throw new Error('There is no libtensorflow.');
    return runner.open(program);
  };

  test('does not grow over 10,000 runs', async () => {
    const session = await open(descentProgram());
    await session.run('init', { kernel: zeros(2, 1), steps: { dtype: 'int32', shape: [], data: Int32Array.of(0) } });
    // A feed of 40 kB and a fetch of 20 kB: left behind, they would come to 600 MB.
    const x = zeros(5000, 2);
    const many = async (runs: number) => {
      for (let i = 0; i < runs; i++) await session.run('predict', { x });
    };
    await many(1000);
    const before = process.memoryUsage().rss;
    await many(10_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(120e6);
    await session.close();
  });

  test('does not grow when sessions are opened and closed', async () => {
    const cycle = async (times: number) => {
      for (let i = 0; i < times; i++) {
        const session = await open(outerProduct());
        await session.run('run', { a: zeros(500, 1), b: zeros(1, 500) });
        await session.close();
      }
    };
    await cycle(20);
    const before = process.memoryUsage().rss;
    await cycle(100);
    expect(process.memoryUsage().rss - before).toBeLessThan(60e6);
  });

  test('keeps the event loop alive during short runs', async () => {
    const session = await open(outerProduct());
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const end = performance.now() + 300;
    while (performance.now() < end) await session.run('run', { a: zeros(2, 1), b: zeros(1, 2) });
    clearInterval(timer);
    // At least every few milliseconds; the bound leaves room for a busy machine.
    expect(turns).toBeGreaterThan(10);
    await session.close();
  });

  test('computes several runs at the same time', async () => {
    const session = await open(outerProduct());
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        session.run('run', {
          a: { dtype: 'float32', shape: [1, 1], data: Float32Array.of(i) },
          b: { dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, 2) },
        }),
      ),
    );
    expect(results.map(({ y }) => [...(y?.data ?? [])])).toEqual(Array.from({ length: 30 }, (_, i) => [i, 2 * i]));
    await session.close();
  });

  test('says where the memory did not suffice, and goes on', async () => {
    const session = await open(outerProduct());
    const tooMuch = session.run('run', { a: zeros(3e6, 1), b: zeros(1, 3e6) });
    await expect(tooMuch).rejects.toMatchObject({ problem: { code: 'out-of-memory', node: '大' } });
    expect((await session.run('run', { a: zeros(1, 1), b: zeros(1, 1) })).y).toEqual(zeros(1, 1));
    await session.close();
  });

  test('waits for runs under way when it is closed, and runs no more', async () => {
    const session = await open(outerProduct());
    const running = session.run('run', { a: zeros(500, 1), b: zeros(1, 500) });
    await session.close();
    expect((await running).y?.shape).toEqual([500, 500]);
    await expect(session.run('run', { a: zeros(1, 1), b: zeros(1, 1) })).rejects.toThrow('closed');
    await session.close();
  });
});
