import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src-main/backends/evaluate-steps';
import { lookupOp } from '../../ops/catalog';
import type { Value } from '../../ops/program';
import { ProgramBuilder } from '../../ops/program-builder';
import { type TensorData, type TensorType, tensorType } from '../../ops/tensor';
import { lookupMetric } from '../metrics/catalog';
import { lookupLoss } from './catalog';

interface Compared {
  readonly name: string;
  /** What the values go through before they are compared. */
  readonly activation?: 'softmax' | 'sigmoid';
  readonly values: readonly (readonly number[])[];
  readonly target: TensorData;
}

type Build = (b: ProgramBuilder, values: { readonly output: Value; readonly target: Value }) => Value;

async function compare(build: Build, { activation, values, target }: Omit<Compared, 'name'>): Promise<number> {
  const b = new ProgramBuilder(lookupOp);
  const shape = [values.length, values[0]?.length ?? 0];
  const x = b.input('x', tensorType('float32', shape));
  const fed = b.input('target', { dtype: target.dtype, shape: target.shape } as TensorType);
  const output = activation ? b.unary(activation, x) : x;
  const program = b.build({ result: build(b, { output, target: fed }) });
  const data = Float32Array.from(values.flat());
  const { result } = await evaluate(program, { x: { dtype: 'float32', shape, data }, target });
  return Number(result?.data[0]);
}

const classes = (...labels: number[]): TensorData => ({
  dtype: 'int32',
  shape: [labels.length],
  data: Int32Array.from(labels),
});
const rows = (...values: number[][]): TensorData => ({
  dtype: 'float32',
  shape: [values.length, values[0]?.length ?? 0],
  data: Float32Array.from(values.flat()),
});

describe('losses', () => {
  const loss = ({ name, ...compared }: Compared) => compare(lookupLoss(name).build, compared);

  test('of softmax and sigmoid are computed from logits: no probability rounds to 0', async () => {
    const far = [[0, 200]];
    const softmax = { activation: 'softmax', values: far } as const;
    expect(await loss({ name: 'sparseCategoricalCrossentropy', ...softmax, target: classes(0) })).toBeCloseTo(200, 3);
    expect(await loss({ name: 'categoricalCrossentropy', ...softmax, target: rows([1, 0]) })).toBeCloseTo(200, 3);
    const sigmoid = { activation: 'sigmoid', values: [[200]] } as const;
    expect(await loss({ name: 'binaryCrossentropy', ...sigmoid, target: rows([0]) })).toBeCloseTo(200, 3);
    expect(await loss({ name: 'binaryCrossentropy', ...sigmoid, target: rows([1]) })).toBeCloseTo(0, 6);
  });

  test('of other probabilities are clipped as in Keras', async () => {
    const clipped = -Math.log(1e-7);
    const sure = [[0, 1]];
    expect(await loss({ name: 'sparseCategoricalCrossentropy', values: sure, target: classes(0) })).toBeCloseTo(
      clipped,
      3,
    );
    expect(await loss({ name: 'categoricalCrossentropy', values: sure, target: rows([1, 0]) })).toBeCloseTo(clipped, 3);
    expect(await loss({ name: 'binaryCrossentropy', values: [[0.25]], target: rows([1]) })).toBeCloseTo(
      -Math.log(0.25),
      5,
    );
  });

  test('of numbers are means', async () => {
    const compared = {
      values: [
        [1, 2],
        [3, 8],
      ],
      target: rows([0, 0], [3, 4]),
    };
    expect(await loss({ name: 'meanSquaredError', ...compared })).toBeCloseTo((1 + 4 + 0 + 16) / 4, 6);
    expect(await loss({ name: 'meanAbsoluteError', ...compared })).toBeCloseTo((1 + 2 + 0 + 4) / 4, 6);
  });

  test('say what target they want', () => {
    const output = tensorType('float32', ['batch', 10]);
    expect(lookupLoss('sparseCategoricalCrossentropy').targetType(output)).toEqual(tensorType('int32', ['batch']));
    expect(lookupLoss('meanSquaredError').targetType(output)).toEqual(output);
    const one = tensorType('float32', ['batch', 1]);
    expect(() => lookupLoss('categoricalCrossentropy').targetType(one)).toThrow('loss-needs-classes');
  });
});

describe('metrics', () => {
  const metric = ({ name, ...compared }: Compared) => compare(lookupMetric(name).build, compared);

  test('count the right rows of a batch', async () => {
    const values = [
      [0.1, 0.9],
      [0.8, 0.2],
      [0.4, 0.6],
    ];
    expect(await metric({ name: 'accuracy', values, target: classes(1, 0, 0) })).toBe(2);
    expect(await metric({ name: 'accuracy', values, target: rows([0, 1], [0, 1], [0, 1]) })).toBe(2);
    expect(await metric({ name: 'accuracy', values: [[0.7], [0.5], [0.2]], target: rows([1], [1], [0]) })).toBe(2);
  });

  test('sum the mean absolute errors of the rows', async () => {
    const values = [
      [1, 2],
      [3, 8],
    ];
    expect(await metric({ name: 'meanAbsoluteError', values, target: rows([0, 0], [3, 4]) })).toBeCloseTo(1.5 + 2, 6);
  });
});
