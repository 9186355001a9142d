import { computeOnHost } from '../../src-shared/compile/compute-on-host';
import { cutDoubles } from '../../src-shared/compile/passes/cut-doubles';
import { cutLookups } from '../../src-shared/compile/passes/cut-lookups';
import type { PlannedObjective } from '../../src-shared/fit/objectives';
import { composePredictor } from '../../src-shared/fit/predictor-program';
import { hashData } from '../../src-shared/hash';
import { mapValues } from '../../src-shared/map-values';
import { lookupOp } from '../../src-shared/ops/catalog';
import type { Program, Value } from '../../src-shared/ops/program';
import { ProgramBuilder } from '../../src-shared/ops/program-builder';
import { elementCount, isFloatArray, type TensorData } from '../../src-shared/ops/tensor';
import type { FittedRecipe } from '../../src-shared/recipe/define-step';
import type { Predictor, TableSource } from '../../src-shared/runs/values';
import type { Column } from '../../src-shared/types/ports';
import { evaluatePortably } from '../backends/tfjs/evaluate';
import type { HeldOutRows } from './create-exports';

/**
 * Small fitted models, written out by hand: what the tests of exports and of the server run.
 */

/** Values without pattern that are the same every time. */
function noise(shape: readonly number[], scale = 0.5): TensorData {
  const data = Float32Array.from({ length: elementCount(shape) }, (_unused, i) => Math.sin(i * 12.9898 + 1) * scale);
  return { dtype: 'float32', shape, data };
}

class Net {
  readonly weights: Record<string, TensorData> = {};
  readonly b = new ProgramBuilder(lookupOp);

  weight(id: string, shape: readonly number[]): Value {
    this.weights[id] = noise(shape);
    return this.b.declare({ id, type: { dtype: 'float32', shape }, init: { type: 'zeros' } });
  }

  dense(x: Value, name: string, [inputs, units]: readonly [number, number]): Value {
    const product = this.b.matMul(x, this.weight(`${name}/kernel`, [inputs, units]));
    return this.b.value('biasAdd', { x: product, bias: this.weight(`${name}/bias`, [units]) });
  }
}

/** Convolution, pooling, dense: 8 × 8 images of bytes → three classes. */
export function imagePredictor(): Predictor {
  const net = new Net();
  const { b } = net;
  const x = b.input('image', { dtype: 'float32', shape: ['batch', 8, 8, 1] });
  const kernel = net.weight('conv2d/kernel', [3, 3, 1, 4]);
  const conv = b.value('conv2d', { x, kernel }, { strides: [1, 1], padding: 'valid', dilations: [1, 1] });
  const relu = b.unary('relu', b.value('biasAdd', { x: conv, bias: net.weight('conv2d/bias', [4]) }));
  const pooled = b.value('maxPool2d', { x: relu }, { poolSize: [2, 2], strides: [2, 2], padding: 'valid' });
  const flat = b.reshape(pooled, ['batch', 36]);
  const model = b.build({ y: b.unary('softmax', net.dense(flat, 'dense', [36, 3])) });
  const column: Column = { name: 'image', type: { kind: 'tensor', shape: [8, 8, 1], dtype: 'uint8' }, role: 'feature' };
  const recipe: FittedRecipe = {
    columns: [column],
    steps: [
      { step: 'constantScale', node: 'normalize', params: { columns: [], subtract: 0, divideBy: 255 }, fitted: {} },
    ],
  };
  return predictor({ model, weights: net.weights, recipe, classes: ['cat', 'dog', '猫'] });
}

/** A number with gaps and a word, one-hot, standardised → three classes. */
export function tablePredictor(): Predictor {
  const net = new Net();
  const x = net.b.input('row', { dtype: 'float32', shape: ['batch', 4] });
  const hidden = net.b.unary('relu', net.dense(x, 'hidden', [4, 5]));
  const model = net.b.build({ y: net.b.unary('softmax', net.dense(hidden, 'dense', [5, 3])) });
  return predictor({
    model,
    weights: net.weights,
    recipe: tableRecipe('bucket'),
    classes: ['Adelie', 'Chinstrap', 'Gentoo'],
  });
}

/** The same columns, words never seen refused → a number. */
export function regressionPredictor(): Predictor {
  const net = new Net();
  const x = net.b.input('row', { dtype: 'float32', shape: ['batch', 3] });
  const model = net.b.build({ y: net.dense(x, 'dense', [3, 1]) });
  return predictor({ model, weights: net.weights, recipe: tableRecipe('error') });
}

/** Amounts and codes that float32 cannot tell apart → an amount of that kind. */
export function largeNumbersPredictor(): Predictor {
  const net = new Net();
  const x = net.b.input('row', { dtype: 'float32', shape: ['batch', 3] });
  const model = net.b.build({ y: net.dense(x, 'dense', [3, 1]) });
  const range = [1e12, 1e12 + 1e4] as const;
  const scaled = { mean: 1e12 + 5000, deviation: 3000 };
  const columns: Column[] = [
    { name: 'amount', type: { kind: 'float' }, role: 'feature', range },
    { name: 'code', type: { kind: 'int' }, role: 'feature', range: [0, 2 ** 24 + 1], classes: codes.map(String) },
    { name: 'target', type: { kind: 'float' }, role: 'target', range },
  ];
  const steps: FittedRecipe['steps'] = [
    { step: 'oneHot', node: 'encode', params: { columns: ['code'], unknown: 'error' }, fitted: { code: {} } },
    {
      step: 'standardize',
      node: 'normalize',
      params: { columns: ['amount', 'target'] },
      fitted: { amount: scaled, target: scaled },
    },
  ];
  return predictor({ model, weights: net.weights, recipe: { columns, steps } });
}

const codes = [2 ** 24, 2 ** 24 + 1];

function tableRecipe(unknown: 'bucket' | 'error'): FittedRecipe {
  const columns: Column[] = [
    { name: 'mass', type: { kind: 'float' }, role: 'feature' },
    { name: 'island', type: { kind: 'string' }, role: 'feature', classes: ['Biscoe', 'Dream'] },
  ];
  const impute = { columns: ['mass'], strategy: 'mean', value: '' };
  return {
    columns,
    steps: [
      { step: 'impute', node: 'clean', params: impute, fitted: { mass: { value: 4200 } } },
      { step: 'oneHot', node: 'encode', params: { columns: ['island'], unknown }, fitted: { island: {} } },
      {
        step: 'standardize',
        node: 'normalize',
        params: { columns: ['mass'] },
        fitted: { mass: { mean: 4200, deviation: 800 } },
      },
    ],
  };
}

interface Parts {
  readonly model: Program;
  readonly weights: Readonly<Record<string, TensorData>>;
  readonly recipe: FittedRecipe;
  readonly classes?: readonly string[];
}

function predictor({ model, weights, recipe, classes }: Parts): Predictor {
  const target = { name: 'target', type: { kind: 'string' }, role: 'target' } as const;
  const objective: PlannedObjective = {
    output: Object.keys(model.outputs)[0] ?? '',
    target: { column: 'target' },
    column: target,
    loss: classes ? 'sparseCategoricalCrossentropy' : 'meanSquaredError',
    weight: 1,
    metrics: [],
    means: classes ? { kind: 'classes', classes } : { kind: 'number' },
  };
  const bindings = Object.keys(model.inputs).map((input) => ({ input, columns: 'rest' }) as const);
  const composed = composePredictor({ program: model, bindings, objectives: [objective] }, recipe);
  const scan = { kind: 'parquet', blob: hashData('rows') } as const;
  const source: TableSource = { scan, columns: recipe.columns, rows: 0, blocks: {} };
  return {
    signature: composed.signature,
    recipe,
    artefact: { kind: 'program', program: composed.predictor, weights },
    metrics: { loss: 0.25 },
    trainedOn: { dataset: { source, roles: {}, steps: [] }, hash: hashData('dataset') },
  };
}

/** Rows of every kind that a model meets: whole, with gaps, with words never seen. */
export async function sampleRows(of: Predictor, count: number): Promise<HeldOutRows> {
  const { program, weights } = of.artefact;
  const isStrict = of.signature.outputs[0]?.means.kind === 'number';
  const inputs = inputsOf(program, { count, isStrict });
  const { program: numeric, vocabularies } = cutLookups(program);
  const fed = mapValues(inputs, (value, name) => codesOf(value, vocabularies[name]));
  const { program: narrow, before, after } = cutDoubles(numeric, lookupOp);
  const given = before ? { ...fed, ...computeOnHost(before, fed, lookupOp) } : fed;
  const found = await evaluatePortably(narrow, given, { lookup: lookupOp, weights });
  const outputs = after ? { ...found, ...computeOnHost(after, found, lookupOp) } : found;
  const named = Object.fromEntries(of.signature.outputs.map(({ name }) => [name, toOutputs(outputs[name], count)]));
  return { rows: requestRows(inputs, count), inputs, outputs: named };
}

function toOutputs(tensor: TensorData | undefined, rows: number): HeldOutRows['outputs'][string] {
  if (!tensor || !isFloatArray(tensor.data)) throw new Error('The predictions are not floating-point numbers.');
  return { rows, width: tensor.data.length / rows, data: tensor.data };
}

function inputsOf({ inputs }: Program, { count, isStrict }: { count: number; isStrict: boolean }) {
  if (inputs.image) return imageInputs(count);
  return inputs.amount ? largeInputs(count) : tableInputs(count, isStrict);
}

function largeInputs(count: number): Record<string, TensorData> {
  const list = Array.from({ length: count }, (_unused, i) => i);
  const shape = [count];
  const amount = Float64Array.from(list, (i) => 1e12 + ((i * 977) % 10_000) + i / 8);
  const code = Float64Array.from(list, (i) => codes[i % 2] ?? 0);
  return { amount: { dtype: 'float64', shape, data: amount }, code: { dtype: 'float64', shape, data: code } };
}

function imageInputs(count: number): Record<string, TensorData> {
  const data = Uint8Array.from({ length: count * 64 }, (_unused, i) => (i * 37 + (i % 11) * 19) % 256);
  return { image: { dtype: 'uint8', shape: [count, 8, 8, 1], data } };
}

function tableInputs(count: number, isStrict: boolean): Record<string, TensorData> {
  const words = isStrict ? ['Biscoe', 'Dream'] : ['Biscoe', 'Dream', 'Torgersen', ''];
  const list = Array.from({ length: count }, (_unused, i) => i);
  const mass = Float32Array.from(list, (i) => (i % 5 === 4 ? Number.NaN : 3000 + ((i * 977) % 3000)));
  return {
    mass: { dtype: 'float32', shape: [count], data: mass },
    island: { dtype: 'string', shape: [count], data: list.map((i) => words[i % words.length] ?? '') },
  };
}

function codesOf(value: TensorData, words: readonly string[] | undefined): TensorData {
  if (!words) return value;
  const codeOf = (word: unknown) => (word === '' ? words.length + 1 : words.indexOf(String(word)));
  const data = Int32Array.from(Array.from(value.data, codeOf), (code) => (code < 0 ? words.length : code));
  return { dtype: 'int32', shape: value.shape, data };
}

/** The rows as JSON holds them: nested lists, null for what is missing. */
function requestRows(inputs: Readonly<Record<string, TensorData>>, count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_unused, row) =>
    Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, requestValue(value, row)])),
  );
}

function requestValue({ shape: [, ...shape], data }: TensorData, row: number): unknown {
  const size = elementCount(shape);
  const values = Array.from<unknown>(data.slice(row * size, (row + 1) * size)).map((value) =>
    value === '' || Number.isNaN(value) ? null : value,
  );
  return shape.length === 0 ? values[0] : values;
}
