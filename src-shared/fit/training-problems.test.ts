import { describe, expect, test } from 'vitest';
import { chain } from '../compile/fixtures/networks';
import { explainProblem } from '../problems/sentences';
import { defaultParams } from '../types/params';
import type { TableType } from '../types/ports';
import { loneRowWarning } from './lone-row';
import { type TrainingParams, trainingParams } from './training-params';
import { trainingProblems } from './training-problems';

const dataset = (train: number | undefined): TableType => ({
  type: 'dataset',
  columns: [
    { name: 'x', type: { kind: 'float' }, role: 'feature', nulls: 0 },
    { name: 'y', type: { kind: 'string' }, role: 'target', nulls: 0, classes: ['a', 'b'] },
  ],
  splits: { train, validation: 0, test: 0 },
  steps: [],
});

/** The document's own types of params are wider. */
const params = (batchSize: number) => ({ ...defaultParams(trainingParams), batchSize }) as TrainingParams;

describe('a batch larger than the data', () => {
  test.each([
    [64, 100, undefined],
    [64, 64, undefined],
    [64, 63, 32],
    [64, 20, 20],
    [64, undefined, undefined],
  ])('of %i rows with %s training rows', (batchSize, rows, to) => {
    const found = trainingProblems({ dataset: dataset(rows), outputs: [], params: params(batchSize) });
    const larger = found.find(({ code }) => code === 'batch-larger-than-data');
    expect(larger?.fix?.to).toBe(to);
    if (larger) expect(larger).toMatchObject({ severity: 'warning', param: 'batchSize', values: { batchSize, rows } });
  });
});

describe('a last batch of one row', () => {
  const dense = chain([
    ['input', { shape: '4' }],
    ['dense', { units: 8 }],
    ['batchNormalization', {}, 'norm'],
  ]);
  const image = chain([
    ['input', { shape: '6,6,1' }],
    ['conv2d', { filters: 2 }],
    ['batchNormalization', {}, 'norm'],
  ]);

  test('is told of where batches of rows are normalized, with a size that leaves none', () => {
    const found = loneRowWarning(dense, { rows: 65, batchSize: 32 });
    expect(found).toMatchObject({ code: 'batch-of-one', severity: 'warning', values: { layer: 'norm' } });
    const to = Number(found?.fix?.to);
    expect(loneRowWarning(dense, { rows: 65, batchSize: to })).toBeUndefined();
    if (found) expect(explainProblem(found, 'en').text).toContain('65 rows in batches of 32');
    expect(loneRowWarning(dense, { rows: 10, batchSize: 1 })?.fix?.to).toBe(10);
  });

  test('is nothing to speak of where there is a rest of two, none, or more than one number to a channel', () => {
    expect(loneRowWarning(dense, { rows: 66, batchSize: 32 })).toBeUndefined();
    expect(loneRowWarning(dense, { rows: 64, batchSize: 32 })).toBeUndefined();
    expect(loneRowWarning(image, { rows: 65, batchSize: 32 })).toBeUndefined();
    expect(loneRowWarning(chain([['input', { shape: '4' }], ['dense']]), { rows: 65, batchSize: 32 })).toBeUndefined();
  });
});
