import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src-main/backends/evaluate-steps';
import { evaluateByOnnx } from '../../../src-main/backends/test-programs/run-onnx';
import { tensorflowObstacle } from '../../../src-main/backends/test-programs/tensorflow-obstacle';
import { lookupOp, ops } from '../../ops/catalog';
import type { Program } from '../../ops/program';
import { ProgramBuilder } from '../../ops/program-builder';
import type { TensorData } from '../../ops/tensor';
import { computeOnHost } from '../compute-on-host';
import { cutDoubles } from './cut-doubles';

const doubles = (...data: number[]): TensorData => ({
  dtype: 'float64',
  shape: [data.length],
  data: Float64Array.from(data),
});

/** x scaled around 2^40, through a weight, and back in units of 2^40. */
function roundTrip(): Program {
  const b = new ProgramBuilder(lookupOp);
  const x = b.input('x', { dtype: 'float64', shape: ['batch'] });
  const offset = b.constant(2 ** 40, 'float64');
  const scaled = b.cast(b.divide(b.subtract(x, offset), b.constant(4, 'float64')), 'float32');
  const weight = b.declare({ id: 'w', type: { dtype: 'float32', shape: [] }, init: { type: 'ones' } });
  const y = b.multiply(scaled, weight);
  return b.build({ y: b.add(b.scale(b.cast(y, 'float64'), 4), offset), small: y });
}

const weights = { w: { dtype: 'float32', shape: [], data: Float32Array.of(1) } } as const;

async function inParts(program: Program, feeds: Readonly<Record<string, TensorData>>) {
  const cut = cutDoubles(program, lookupOp);
  const given = cut.before ? { ...feeds, ...computeOnHost(cut.before, feeds, lookupOp) } : feeds;
  const outputs = await evaluate(cut.program, given, { runner: 'tfjs', weights });
  return { cut, outputs: cut.after ? { ...outputs, ...computeOnHost(cut.after, outputs, lookupOp) } : outputs };
}

describe('cutDoubles', () => {
  it('leaves no float64 in the program, and the digits in the answer', async () => {
    const { cut, outputs } = await inParts(roundTrip(), { x: doubles(2 ** 40 + 1, 2 ** 40 - 3, Number.NaN) });
    expect(cut.program.inputs).toEqual({ x: { dtype: 'float32', shape: ['batch'] } });
    const types = ProgramBuilder.from(cut.program, lookupOp);
    const used = cut.program.steps.flatMap((step) =>
      Object.values(types.outputsOf(step)).map(({ type }) => type.dtype),
    );
    expect(used).not.toContain('float64');
    expect(outputs.y).toEqual(doubles(2 ** 40 + 1, 2 ** 40 - 3, Number.NaN));
    expect(outputs.small?.data).toEqual(Float32Array.of(0.25, -0.75, Number.NaN));
  });

  it('leaves a program without float64 as it is', () => {
    const b = new ProgramBuilder(lookupOp);
    const x = b.input('x', { dtype: 'float32', shape: ['batch'] });
    const program = b.build({ y: b.scale(x, 2) });
    expect(cutDoubles(program, lookupOp)).toEqual({ program });
  });

  it('names what crosses after its input, and keeps an input that is read elsewhere', async () => {
    const b = new ProgramBuilder(lookupOp);
    const big = b.input('big', { dtype: 'float64', shape: ['batch'] });
    const small = b.input('small', { dtype: 'float32', shape: ['batch'] });
    const sum = b.cast(b.add(big, b.cast(small, 'float64')), 'float32');
    const isLarge = b.cast(b.compare('greater', big, b.constant(2 ** 30, 'float64')), 'float32');
    const program = b.build({ y: b.add(b.add(sum, small), isLarge) });
    const feeds = {
      big: doubles(2 ** 31, 1),
      small: { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) },
    } as const;
    const { cut, outputs } = await inParts(program, feeds);
    expect(cut.program.inputs).toMatchObject({ big: { dtype: 'float32' }, 'big/2': { dtype: 'bool' }, small: {} });
    expect(Array.from(outputs.y?.data as Float32Array)).toEqual([2 ** 31, 5]);
  });

  it.runIf(tensorflowObstacle() === undefined)('means what TensorFlow and ONNX Runtime compute', async () => {
    const feeds = { x: doubles(2 ** 40 + 1, 2 ** 40 - 3, 2 ** 40 + 1e6) };
    const { outputs } = await inParts(roundTrip(), feeds);
    expect((await evaluate(roundTrip(), feeds, { weights })).y).toEqual(outputs.y);
    expect((await evaluateByOnnx(roundTrip(), feeds, weights)).y).toEqual(outputs.y);
  });
});

describe('every op that has a meaning on doubles', () => {
  const known = ops.filter(({ inDouble, inputs }) => inDouble && inputs.every((name) => !name.endsWith('[]')));
  const elementwise = known.filter(({ name }) => name !== 'reshape' && name !== 'cast');
  // Runtimes take the very smallest numbers for 0.
  const large = fc.double({ min: -1e15, max: 1e15, noNaN: true }).map((x) => (Math.abs(x) < 1e-300 ? 0 : x));
  const number = fc.oneof(fc.integer({ min: -5, max: 5 }), large, fc.constant(Number.NaN));

  it.runIf(tensorflowObstacle() === undefined).each(elementwise.map((op) => [op.name, op] as const))(
    '%s means the same on the host, in TensorFlow and in ONNX Runtime',
    async (_, op) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(number, number, fc.boolean()), { minLength: 1, maxLength: 20 }),
          async (rows) => {
            const b = new ProgramBuilder(lookupOp);
            const [first, second] = [0, 1].map((i) => b.input(`x${i}`, { dtype: 'float64', shape: ['batch'] }));
            const condition = b.input('condition', { dtype: 'bool', shape: ['batch'] });
            const names = op.inputs.filter((name) => name !== 'condition');
            const values = Object.fromEntries(names.map((name, i) => [name, i === 0 ? first : second]));
            const isChoice = op.inputs.some((name) => name === 'condition');
            const y = b.value(op.name, isChoice ? { condition, ...values } : values);
            const program = b.build({ y });
            const data = Uint8Array.from(rows, ([, , truth]) => Number(truth));
            const feeds = {
              x0: doubles(...rows.map(([x]) => x)),
              x1: doubles(...rows.map(([, x]) => x)),
              condition: { dtype: 'bool', shape: [rows.length], data } as const,
            };
            const host = computeOnHost(program, feeds, lookupOp).y;
            for (const result of [await evaluate(program, feeds), await evaluateByOnnx(program, feeds, {})]) {
              expect(result.y?.dtype).toBe(host?.dtype);
              for (const [i, value] of Array.from(host?.data as Float64Array).entries()) {
                expectNear(Number(result.y?.data[i]), value);
              }
            }
          },
        ),
        { numRuns: 15 },
      );
    },
  );
});

/** Logarithms and the like may differ in their last digit. */
function expectNear(actual: number, expected: number): void {
  if (actual === expected || (Number.isNaN(actual) && Number.isNaN(expected))) return;
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(expected)));
}
