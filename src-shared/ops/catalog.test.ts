import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src-main/backends/evaluate-steps';
import { expectClose } from '../../src-main/backends/test-programs/compare';
import { evaluateByOnnx } from '../../src-main/backends/test-programs/run-onnx';
import { tensorflowObstacle } from '../../src-main/backends/test-programs/tensorflow-obstacle';
import { openPortableRunner } from '../../src-main/backends/tfjs/runner';
import { lower } from '../compile/passes/lower';
import { lookupOp, ops } from './catalog';
import { evaluateShape } from './dims';
import type { Program } from './program';
import { ProgramBuilder } from './program-builder';
import { sampleAt, sampleProgram } from './samples/sample-program';
import type { TensorData } from './tensor';

const hasTensorflow = tensorflowObstacle() === undefined;

/** Every sample of every op that computes something. */
const cases = ops.flatMap((op) => (op.effect ? [] : op.samples.map((_, place) => ({ name: op.name, op, place }))));

describe.each(cases)('$name, sample $place', ({ op, place }) => {
  const { inputs, weights, symbols, ...sample } = sampleProgram(op, place, lookupOp);
  const program = lower(sample.program, { phase: 'infer' }, lookupOp);
  const comparable = (sampleAt(op, place).comparable ?? op.outputs).map((output) => `${output}.result`);
  const says = (meaning: 'onnx' | 'tfjs') =>
    program.steps.every((step) => typeof lookupOp(step.op)[meaning] === 'function');

  test.runIf(hasTensorflow)('computes natively what it computes in float64, of the inferred shapes', async () => {
    const reference = await evaluate(program, inputs, { weights, double: true });
    const native = await evaluate(program, inputs, { weights });
    for (const name of comparable) expectClose(native[name], reference[name], name);
    expectInferredShapes(program, native, symbols);
  });

  test.runIf(says('tfjs'))('computes the same with tfjs on its backends', async () => {
    const reference = await evaluate(
      program,
      inputs,
      hasTensorflow ? { weights, double: true } : { weights, runner: 'tfjs' },
    );
    const portable = await evaluate(program, inputs, { weights, runner: 'tfjs' });
    for (const name of comparable) expectClose(portable[name], reference[name], name);
    if (program.state.length > 0) return;
    const quick = await runOnce(program, inputs);
    for (const name of comparable) expectClose(quick[name], reference[name], `${name} on the first backend`);
    expectInferredShapes(program, portable, symbols);
  });

  test.runIf(says('onnx'))('computes the same with ONNX Runtime', async () => {
    const byHand = says('tfjs') ? ({ weights, runner: 'tfjs' } as const) : undefined;
    const options = hasTensorflow ? { weights, double: true } : byHand;
    const onnx = await evaluateByOnnx(program, inputs, weights);
    expectInferredShapes(program, onnx, symbols);
    if (!options) return;
    const reference = await evaluate(program, inputs, options);
    for (const name of comparable) expectClose(onnx[name], reference[name], name);
  });
});

/** On the fastest backend of tfjs, wasm where it starts. */
async function runOnce(program: Program, inputs: Readonly<Record<string, TensorData>>) {
  const runner = await openPortableRunner({ lookup: lookupOp });
  const entry = { feeds: program.inputs, fetches: program.outputs, targets: [] };
  const session = await runner.open({ ...program, entries: { predict: entry } });
  try {
    return await session.run('predict', inputs);
  } finally {
    await session.close();
  }
}

/** Shapes with a symbol that no input has are only known when they are computed. */
function expectInferredShapes(
  program: Program,
  results: Readonly<Record<string, TensorData>>,
  symbols: Readonly<Record<string, number>>,
): void {
  const types = ProgramBuilder.from(program, lookupOp);
  for (const [name, ref] of Object.entries(program.outputs)) {
    const { dtype, shape } = types.typeOf(ref);
    const isKnown = shape.every((dim) => typeof dim === 'number' || dim !== 'reserve' || 'reserve' in symbols);
    if (isKnown) expect(results[name]?.shape, `shape of ${name}`).toEqual(evaluateShape(shape, symbols));
    expect(results[name]?.dtype, `element type of ${name}`).toBe(dtype);
  }
}
