import { describe, expect, test } from 'vitest';
import { openPortableRunner } from '../../../src-main/backends/tfjs/runner';
import { lookupOp } from '../../ops/catalog';
import type { StepProgram, Value } from '../../ops/program';
import { ProgramBuilder } from '../../ops/program-builder';
import type { TensorData } from '../../ops/tensor';
import { multiplyByNumber } from './spread-number';

/** x · spread(number), the number on either side. */
function program(spread: (b: ProgramBuilder, number: Value, x: Value) => Value, flip = false): StepProgram {
  const b = new ProgramBuilder(lookupOp);
  const types = { x: { dtype: 'float32', shape: ['batch', 3] }, number: { dtype: 'float32', shape: [] } } as const;
  const x = b.feed('x', types.x);
  const by = spread(b, b.feed('number', types.number), x);
  const y = flip ? b.multiply(by, x) : b.multiply(x, by);
  const fetches = { y: { step: y.step, output: y.output } };
  return { state: [], steps: b.steps, entries: { run: { feeds: types, fetches, targets: [] } }, functions: {} };
}

/** As the gradient of a mean over the batch spreads it. */
const overBatch = (b: ProgramBuilder, number: Value, x: Value) => {
  const perExample = b.broadcastLike(b.reshape(number, [1]), b.sum(x, [1]));
  return b.reshape(perExample, ['batch', 1]);
};

const feeds: Record<string, TensorData> = {
  x: { dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, -2, 0.3, 7, 0.1, -0.7) },
  number: { dtype: 'float32', shape: [], data: Float32Array.of(1 / 3) },
};

async function run(steps: StepProgram): Promise<TensorData | undefined> {
  const session = await (await openPortableRunner({ lookup: lookupOp })).open(steps);
  const { y } = await session.run('run', feeds);
  await session.close();
  return y;
}

const opsOf = ({ steps }: StepProgram) => steps.map(({ op }) => op);

describe('multiplyByNumber', () => {
  test.each([false, true])('changes no bit of the product, with the number on the other side: %s', async (flip) => {
    const before = program(overBatch, flip);
    const after = multiplyByNumber(before);
    expect(opsOf(before)).toContain('broadcastTo');
    expect(opsOf(after)).not.toContain('broadcastTo');
    expect(await run(after)).toEqual(await run(before));
  });

  test('leaves a product alone whose shape comes from the spread number', () => {
    const wide = program((b, number, x) => {
      const column = b.sum(x, [1], true);
      return b.multiply(b.broadcastLike(number, x), column);
    });
    const inner = wide.steps.filter(({ op }) => op === 'broadcastTo');
    expect(inner).toHaveLength(1);
    expect(opsOf(multiplyByNumber(wide))).toEqual(opsOf(wide));
  });
});
