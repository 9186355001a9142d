import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildRegion, type RegionLayer } from '../../src-shared/compile/region';
import { lookupNode } from '../../src-shared/nodes/catalog';
import { lookupOp } from '../../src-shared/ops/catalog';
import { ProblemError } from '../../src-shared/problem';
import { deriveSeed } from '../../src-shared/random';
import type { RecipeStep } from '../../src-shared/recipe/define-step';
import type { RunContext } from '../../src-shared/runs/run-context';
import type { RunEventBody } from '../../src-shared/runs/run-event';
import type {
  ClassificationReport,
  CrossValidationReport,
  Predictions,
  Predictor,
  RegressionReport,
  SplitSpec,
  TabularValue,
} from '../../src-shared/runs/values';
import { defaultParams } from '../../src-shared/types/params';
import { classesOf } from '../../src-shared/types/signature';
import { openTensorflowRunner } from '../backends/tensorflow/runner';
import { openTestTables, type TestTables } from './tables/test-tables';

/** Train, test, predict and cross-validate as the engine calls them, on real tables and libtensorflow. */
const penguins = join(import.meta.dirname, '../../resources/examples/data/penguins.csv');
const programs = openTensorflowRunner({ lookup: lookupOp });
let test: TestTables;
let events: RunEventBody[] = [];
beforeAll(() => {
  test = openTestTables();
});
afterAll(() => test.close());

function context(): RunContext {
  events = [];
  return {
    ...test.ctx,
    node: { id: 'n', name: 'node' },
    programs,
    seed: (role) => deriveSeed(1, role),
    emit: (event) => events.push(event),
    checkpoints: { save: async () => 'sha256:', latest: async () => undefined },
  };
}

async function execute<T>(kind: string, inputs: object, params: object = {}): Promise<T> {
  const definition = lookupNode(kind);
  if (!definition?.execute) throw new Error(`${kind} is not executed.`);
  const all = { ...defaultParams(definition.params), ...params };
  // The kinds below declare the inputs and outputs that the callers name.
  return (await definition.execute(inputs as never, all, context())) as T;
}

async function readCsv(file: string): Promise<TabularValue> {
  return (await execute<{ table: TabularValue }>('data.csv', {}, { file })).table;
}

/** One dense layer to the outputs, after one hidden layer. */
function network(features: number, units: number, activation: string) {
  const specs = [
    ['layer.input', { shape: String(features) }],
    ['layer.dense', { units: 12, activation: 'relu' }],
    ['layer.dense', { units, activation }],
  ] as const;
  const layers = specs.map(([kind, params], i): RegionLayer => {
    const definition = lookupNode(kind);
    if (!definition) throw new Error(`There is no ${kind}.`);
    const inputs = i === 0 ? {} : { x: [{ id: `n${i - 1}`, port: 'y' }] };
    return {
      id: `n${i}`,
      name: `layer_${i}`,
      definition,
      params: { ...defaultParams(definition.params), ...params },
      inputs,
      types: {},
    };
  });
  const program = buildRegion(layers, { y: { id: 'n2', port: 'y' } });
  return { program, bindings: [{ input: 'layer_0', columns: 'rest' }], aims: {} } as const;
}

const impute: RecipeStep = { step: 'impute', node: 'clean', params: { columns: [], strategy: 'median', value: '' } };
const encode = (unknown: string): RecipeStep => ({ step: 'oneHot', node: 'encode', params: { columns: [], unknown } });
const standardize = (columns: string[]): RecipeStep => ({
  step: 'standardize',
  node: 'normalize',
  params: { columns },
});
const split = (column?: string): SplitSpec => ({
  by: column ? 'stratified' : 'random',
  validation: 0,
  test: 0.25,
  seed: 3,
  at: 0,
  ...(column ? { column } : {}),
});
const training = {
  epochs: 40,
  batchSize: 16,
  optimizer: { type: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
};

async function trainSpecies(unknown = 'bucket'): Promise<{ model: Predictor; dataset: TabularValue }> {
  const table = await readCsv(penguins);
  const steps = [impute, encode(unknown), standardize([])];
  const dataset: TabularValue = { ...table, roles: { species: 'target' }, steps, split: split('species') };
  // 4 numbers, 3 islands and 2 sexes with a bucket for what was never seen.
  const output = network(unknown === 'bucket' ? 4 + 4 + 3 : 4 + 3 + 2, 3, 'softmax');
  const { model } = await execute<{ model: Predictor }>('train.fit', { dataset, output }, training);
  return { model, dataset };
}

describe('a classifier of penguins', () => {
  it('is tested, cross-validated and applied to rows with gaps and unknown islands', async () => {
    const { model, dataset } = await trainSpecies();
    const { report } = await execute<{ report: ClassificationReport }>('evaluate.test', { model, dataset });
    expect(report.accuracy).toBeGreaterThan(0.95);
    expect(report.classes).toEqual(['Adelie', 'Chinstrap', 'Gentoo']);
    expect(report.confusion.flat().reduce((a, b) => a + b)).toBe(report.rows);

    const file = await test.file(
      'new.csv',
      'island,sex,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g\nAtlantis,male,50,15.2,224,5600\nTorgersen,NA,39.1,NA,181,3700\n',
    );
    const { predictions } = await execute<{ predictions: Predictions }>('model.predict', {
      model,
      table: await readCsv(file),
    });
    const [kind] = predictions.outputs;
    const classes = kind && classesOf(kind.field);
    const width = classes?.length ?? 0;
    const best = [0, 1].map((row) => {
      const scores = Array.from(kind?.data.subarray(row * width, (row + 1) * width) ?? []);
      return classes?.[scores.indexOf(Math.max(...scores))];
    });
    expect(best).toEqual(['Gentoo', 'Adelie']);
  });

  it('refuses a category never seen where the policy says so, and names row and column', async () => {
    const { model } = await trainSpecies('error');
    const file = await test.file(
      'strict.csv',
      'island,sex,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g\nBiscoe,male,50,15,224,5600\nAtlantis,male,50,15,224,5600\n',
    );
    const failure = await execute('model.predict', { model, table: await readCsv(file) }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ProblemError);
    expect((failure as ProblemError).problem).toMatchObject({
      code: 'category-never-seen',
      values: { column: 'island', row: 2 },
    });
  });

  it('refuses a table that lacks one of its columns', async () => {
    const { model } = await trainSpecies();
    const file = await test.file('short.csv', 'island,sex\nBiscoe,male\n');
    const failure = await execute('model.predict', { model, table: await readCsv(file) }).catch(
      (error: unknown) => error,
    );
    expect((failure as ProblemError).problem).toMatchObject({
      code: 'missing-column',
      values: { column: 'bill_length_mm' },
    });
  });
});

describe('a regressor of body mass', () => {
  it('predicts in grams though its target was standardized, and is cross-validated', async () => {
    const table = await readCsv(penguins);
    const steps = [
      { step: 'dropMissing', node: 'clean', params: { columns: [] } },
      encode('bucket'),
      standardize([]),
      standardize(['body_mass_g']),
    ];
    const dataset: TabularValue = { ...table, roles: { body_mass_g: 'target' }, steps, split: split() };
    const output = network(3 + 4 + 4 + 3, 1, 'linear');
    const params = { ...training, loss: 'meanSquaredError' };
    const { model, estimator } = await execute<{ model: Predictor; estimator: object }>(
      'train.fit',
      { dataset, output },
      params,
    );
    const { report } = await execute<{ report: RegressionReport }>('evaluate.test', { model, dataset });
    expect(report.r2).toBeGreaterThan(0.75);
    expect(report.mae).toBeGreaterThan(50);
    expect(report.rmse).toBeLessThan(450);
    const folds = await execute<{ report: CrossValidationReport }>(
      'evaluate.crossValidate',
      { estimator, dataset },
      { folds: 3 },
    );
    expect(folds.report.folds).toHaveLength(3);
    expect(folds.report.mean.r2).toBeGreaterThan(0.7);
    expect(folds.report.deviation.r2).toBeGreaterThan(0);
    expect(events.filter(({ type }) => type === 'epoch-finished')).toHaveLength(3 * 40);
  });
});
