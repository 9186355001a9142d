import { describe, expect, test } from 'vitest';
import type { Runner } from '../../src-main/backends/runner';
import { openTensorflowRunner } from '../../src-main/backends/tensorflow/runner';
import { expectClose } from '../../src-main/backends/test-programs/compare';
import { tensorflowObstacle } from '../../src-main/backends/test-programs/tensorflow-obstacle';
import { openPortableRunner } from '../../src-main/backends/tfjs/runner';
import { lookupOp, ops } from './catalog';
import { effectProgram } from './samples/effect-program';
import type { TensorData } from './tensor';

const cases = ops.flatMap((op) => (op.effect ? op.samples.map((_, place) => ({ name: op.name, op, place })) : []));

describe.skipIf(tensorflowObstacle()).each(cases)('$name, sample $place', ({ op, place }) => {
  const effect = effectProgram(op, place, lookupOp);

  /** The states after two steps from the same start. */
  async function states(runner: Runner): Promise<Record<string, TensorData>> {
    const session = await runner.open(effect.program);
    await session.run('init', effect.weights);
    await session.run('step', effect.feeds);
    await session.run('step', effect.feeds);
    const after = await session.run('snapshot');
    await session.close();
    return after;
  }

  test('changes the same states by the same amounts on libtensorflow and with tfjs', async () => {
    const reference = await states(openTensorflowRunner({ lookup: lookupOp, double: true }));
    const native = await states(openTensorflowRunner({ lookup: lookupOp }));
    const portable = await states(await openPortableRunner({ lookup: lookupOp }));
    expect(Object.keys(reference).sort()).toEqual(Object.keys(effect.weights).sort());
    for (const [id, expected] of Object.entries(reference)) {
      expectClose(native[id], expected, `native ${id}`);
      expectClose(portable[id], expected, `tfjs' ${id}`);
    }
  });

  test('leaves no state as it was', async () => {
    const after = await states(openTensorflowRunner({ lookup: lookupOp }));
    for (const [id, before] of Object.entries(effect.weights)) {
      expect(Array.from(after[id]?.data as ArrayLike<unknown>), id).not.toEqual(
        Array.from(before.data as ArrayLike<unknown>),
      );
    }
  });
});
