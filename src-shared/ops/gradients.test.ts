import { describe, expect, test } from 'vitest';
import { openTensorflowRunner } from '../../src-main/backends/tensorflow/runner';
import { expectClose } from '../../src-main/backends/test-programs/compare';
import { tensorflowObstacle } from '../../src-main/backends/test-programs/tensorflow-obstacle';
import { openPortableRunner } from '../../src-main/backends/tfjs/runner';
import type { Session } from '../runs/run-context';
import { lookupOp, ops } from './catalog';
import { type GradientProgram, gradientProgram } from './samples/gradient-program';
import type { TensorData } from './tensor';

/** Inputs whose op says that it has no gradient for them, though its output depends on them. */
const withoutGradient: Readonly<Record<string, readonly string[]>> = {
  batchNorm: ['movingMean', 'movingVariance'],
  batchNormInference: ['mean', 'variance'],
  softmaxCrossEntropy: ['labels'],
};

const cases = ops.flatMap((op) =>
  op.effect || !(op.gradient || op.lower)
    ? []
    : op.samples.flatMap((_, place) => {
        const gradients = gradientProgram(op, place, lookupOp);
        return gradients ? [{ name: op.name, place, gradients }] : [];
      }),
);

describe.skipIf(tensorflowObstacle()).each(cases)('gradient of $name, sample $place', ({ name, gradients }) => {
  const { program, feeds, inputs, given } = gradients;

  test('equals the numeric derivative in float64', async () => {
    const session = await openTensorflowRunner({ lookup: lookupOp, double: true }).open(program);
    const analytic = given.length > 0 ? await session.run('gradient', feeds) : {};
    for (const input of inputs.filter((candidate) => !withoutGradient[name]?.includes(candidate))) {
      const numeric = await differentiate(session, gradients, input);
      const found = given.includes(input) ? Array.from(analytic[input]?.data ?? [], Number) : numeric.map(() => 0);
      const largest = Math.max(1e-3, ...numeric.map(Math.abs));
      const furthest = Math.max(...numeric.map((value, i) => Math.abs(value - (found[i] ?? Number.NaN))));
      expect(furthest / largest, input).toBeLessThanOrEqual(1e-6);
    }
    await session.close();
  });

  test.skipIf(given.length === 0)('is the same in float32 on libtensorflow and with tfjs', async () => {
    const reference = await run(openTensorflowRunner({ lookup: lookupOp, double: true }), gradients);
    const native = await run(openTensorflowRunner({ lookup: lookupOp }), gradients);
    const portable = await run(await openPortableRunner({ lookup: lookupOp }), gradients);
    for (const input of given) {
      expectClose(native[input], reference[input], `native gradient for ${input}`);
      expectClose(portable[input], reference[input], `tfjs' gradient for ${input}`);
    }
  });
});

async function run(
  runner: { open: (program: GradientProgram['program']) => Promise<Session> },
  { program, feeds }: GradientProgram,
) {
  const session = await runner.open(program);
  try {
    return await session.run('gradient', feeds);
  } finally {
    await session.close();
  }
}

/** Central differences: (f(x + h) − f(x − h)) / 2h, element by element. */
async function differentiate(session: Session, { feeds }: GradientProgram, input: string): Promise<number[]> {
  const at = feeds[input];
  if (!at) throw new Error(`No feed ${input}.`);
  const h = 1e-5;
  const slopes: number[] = [];
  for (let i = 0; i < at.data.length; i++) {
    const [above, below] = [
      await lossAt(session, feeds, { input, at, i, h }),
      await lossAt(session, feeds, { input, at, i, h: -h }),
    ];
    slopes.push((above - below) / (2 * h));
  }
  return slopes;
}

type Shift = { readonly input: string; readonly at: TensorData; readonly i: number; readonly h: number };

async function lossAt(session: Session, feeds: GradientProgram['feeds'], { input, at, i, h }: Shift): Promise<number> {
  const data = Float64Array.from(at.data, Number);
  data[i] = (data[i] ?? 0) + h;
  const { loss } = await session.run('loss', { ...feeds, [input]: { ...at, dtype: 'float64', data } });
  return Number(loss?.data[0]);
}
