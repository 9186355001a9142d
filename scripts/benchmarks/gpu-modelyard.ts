// Computes every op of the catalogue on its samples, on the graphics card and on the processor; prints one JSON line.
import { openTensorflowRunner, type TensorflowRunner } from '../../src-main/backends/tensorflow/runner';
import { lower } from '../../src-shared/compile/passes/lower';
import { lookupOp, ops } from '../../src-shared/ops/catalog';
import type { OpDefinition } from '../../src-shared/ops/define-op';
import { sampleAt, sampleProgram } from '../../src-shared/ops/samples/sample-program';
import type { TensorData } from '../../src-shared/ops/tensor';

const card = openTensorflowRunner({ lookup: lookupOp, device: 'gpu' });
const processor = openTensorflowRunner({ lookup: lookupOp, device: 'cpu' });

async function compute(runner: TensorflowRunner, op: OpDefinition, place: number): Promise<Record<string, TensorData>> {
  const { inputs, program } = sampleProgram(op, place, lookupOp);
  const lowered = lower(program, { phase: 'infer' }, lookupOp);
  const entries = { compute: { feeds: lowered.inputs, fetches: lowered.outputs, targets: [] } };
  const session = await runner.open({ ...lowered, entries });
  try {
    return await session.run('compute', inputs);
  } finally {
    await session.close();
  }
}

/** The largest difference, as a share of the largest number. */
function difference(a: TensorData | undefined, b: TensorData | undefined): number {
  const [actual = [], expected = []] = [a, b].map((tensor) => Array.from(tensor?.data ?? [], Number));
  const largest = Math.max(1e-3, ...expected.map(Math.abs));
  return Math.max(0, ...actual.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN)))) / largest;
}

async function compare(op: OpDefinition, place: number): Promise<number | string> {
  try {
    const [actual, expected] = [await compute(card, op, place), await compute(processor, op, place)];
    const outputs = sampleAt(op, place).comparable ?? op.outputs;
    return Math.max(0, ...outputs.map((name) => difference(actual[`${name}.result`], expected[`${name}.result`])));
  } catch (error) {
    return String(error);
  }
}

/**
 * Not compared by themselves: `readState` and `feed` compute nothing; `batchNormGrad` reads what the forward kernel of
 * the same device saved, which is a variance on the processor and 1 over its root on a card; of `layerNorm`, TensorFlow
 * fuses away the statistics that the sample fetches.
 */
const leftOut = ['readState', 'feed', 'batchNormGrad', 'layerNorm'];
const compared = ops.filter(({ name, effect, lower }) => !effect && !lower && !leftOut.includes(name));
const found: { name: string; difference: number | string }[] = [];
for (const op of compared) {
  for (const place of op.samples.keys()) found.push({ name: op.name, difference: await compare(op, place) });
}
const { runner, obstacle } = card;
process.stdout.write(`${JSON.stringify({ runner: runner.description, obstacle: obstacle?.code, found })}\n`);
