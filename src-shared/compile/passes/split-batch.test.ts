import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src-main/backends/evaluate-steps';
import { expectClose } from '../../../src-main/backends/test-programs/compare';
import { tensorflowObstacle } from '../../../src-main/backends/test-programs/tensorflow-obstacle';
import { lookupOp, ops } from '../../ops/catalog';
import type { Program } from '../../ops/program';
import { ProgramBuilder } from '../../ops/program-builder';
import { sampleAt, sampleProgram } from '../../ops/samples/sample-program';
import { elementCount, type TensorData, tensorType } from '../../ops/tensor';
import { batchAxis, isComputedInParts, splitBatch } from './split-batch';

const hasTensorflow = tensorflowObstacle() === undefined;

function inParts(program: Program): boolean {
  const b = ProgramBuilder.from(program, lookupOp);
  return program.steps.some((step) => isComputedInParts(b, step));
}

/** Every sample of which the op is computed in parts. */
const cases = ops.flatMap((op) => {
  if (!op.eachRow) return [];
  return op.samples.flatMap((_, place) => {
    const { program, inputs, weights } = sampleProgram(op, place, lookupOp);
    const comparable = sampleAt(op, place).comparable ?? op.outputs;
    const results = comparable.map((output) => `${output}.result`);
    return inParts(program) ? [{ name: op.name, place, program, inputs, weights, results }] : [];
  });
});

test('every op that says it computes each example by itself has a sample that shows it', () => {
  const shown = new Set(cases.map(({ name }) => name));
  expect(ops.filter(({ name, eachRow }) => eachRow && !shown.has(name)).map(({ name }) => name)).toEqual([]);
});

describe.runIf(hasTensorflow).each(cases)('$name, sample $place, in parts', ({ program, inputs, weights, results }) => {
  test.each([2, 4])('of which there are %i, is the same', async (parts) => {
    const whole = await evaluate(program, inputs, { weights });
    const joined = await evaluate(splitBatch(program, parts, lookupOp), inputs, { weights });
    for (const name of results) expectClose(joined[name], whole[name], name);
  });

  test('is the same for a batch of one, where a part is empty', async () => {
    const one = Object.fromEntries(
      Object.entries(inputs).map(([name, data]) => [name, oneExample(data, program.inputs[name]?.shape ?? [])]),
    );
    const whole = await evaluate(program, one, { weights });
    const joined = await evaluate(splitBatch(program, 2, lookupOp), one, { weights });
    for (const name of results) expectClose(joined[name], whole[name], name);
  });
});

/** The first example of a batch, of whatever has one. */
function oneExample(tensor: TensorData, declared: readonly (string | number)[]): TensorData {
  const place = batchAxis(declared);
  if (!place) return tensor;
  const { shape, data } = tensor;
  const inner = elementCount(shape.slice(place.axis + 1));
  const block = (shape[place.axis] ?? 0) * inner;
  const kept = place.each * inner;
  const values = Array.from(data as ArrayLike<number | string>).filter((_, i) => i % block < kept);
  const sizes = shape.map((size, axis) => (axis === place.axis ? place.each : size));
  const array = Array.isArray(data) ? values : (data.constructor as Int32ArrayConstructor).from(values as number[]);
  return { ...tensor, shape: sizes, data: array as TensorData['data'] };
}

describe('splitBatch', () => {
  const x = tensorType('float32', ['batch', 6]);

  test('joins the parts where all examples are needed, and takes them apart again behind it', () => {
    const b = new ProgramBuilder(lookupOp);
    const y = b.unary('relu', b.input('x', x));
    const centred = b.subtract(y, b.mean(y, [0]));
    const program = splitBatch(b.build({ y: b.unary('tanh', centred) }), 2, lookupOp);
    const names = program.steps.map(({ op }) => op);
    expect(names).toEqual('feed splitBatch relu relu joinBatch reduceMean sub sub tanh tanh joinBatch'.split(' '));
  });

  test('leaves whole what mixes examples', () => {
    const b = new ProgramBuilder(lookupOp);
    const y = b.matMul(b.input('x', x), b.input('x2', x), { transposeB: true });
    const program = b.build({ y });
    expect(inParts(program)).toBe(false);
    expect(splitBatch(program, 2, lookupOp).steps.map(({ op }) => op)).toEqual(['feed', 'feed', 'matMul']);
  });

  test('leaves whole what turns rows of one example into rows of others', () => {
    const b = new ProgramBuilder(lookupOp);
    const rows = b.reshape(b.transpose(b.input('x', x), [1, 0]), [6, 'batch']);
    const y = b.reshape(b.transpose(b.input('x2', tensorType('float32', [3, 'batch', 2])), [0, 1, 2]), ['3*batch', 2]);
    const { steps } = splitBatch(b.build({ rows, y }), 2, lookupOp);
    expect(steps.filter(({ op }) => op === 'reshape')).toHaveLength(1);
  });

  test('draws other random numbers for each part', () => {
    const b = new ProgramBuilder(lookupOp);
    const like = b.input('x', x);
    const y = b.value('randomUniform', { like, counter: b.input('step', tensorType('int32', [])) }, { seed: 5 });
    const seeds = splitBatch(b.build({ y }), 4, lookupOp).steps.flatMap(({ attrs }) => attrs.seed ?? []);
    expect(new Set(seeds).size).toBe(4);
  });
});
