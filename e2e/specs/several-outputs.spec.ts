import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { Modelyard } from '../fixtures/modelyard';
import { type Sketch, yard } from '../fixtures/pipelines';

const modelyard = new Modelyard();
const penguins = 'resources/examples/data/penguins.csv';

beforeAll(async () => {
  await build();
  writeFileSync(modelyard.path('penguins.csv'), readFileSync(penguins));
  writeFileSync(modelyard.path('ratings.csv'), ratingsCsv());
}, 120_000);
afterAll(() => modelyard.close());

/** Twelve people of two tastes, who rate ten films of two kinds. */
function ratingsCsv(): string {
  const lines = Array.from({ length: 12 * 10 }, (_, i) => {
    const [person, film] = [i % 12, Math.floor(i / 12)];
    const rating = (person % 2 === film % 2 ? 4 : 1) + ((person * 7 + film * 3) % 5) / 10;
    return `p${person},f${film},${rating}`;
  });
  return `${['person,film,rating', ...lines].join('\n')}\n`;
}

const fast = { type: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/** One trunk with two heads: the species, and the weight. */
function twoTargets(changes: Readonly<Record<string, Sketch>> = {}): string {
  const nodes: Record<string, Sketch> = {
    csv: ['data.csv', { file: 'penguins.csv' }],
    clean: ['prepare.clean', { missing: 'drop' }],
    split: ['prepare.split', { by: 'random', target: ['species', 'body_mass_g'], test: 0.25 }],
    encode: ['prepare.encode'],
    scale: ['prepare.normalize', { method: 'standard' }],
    grams: ['prepare.normalize', { method: 'standard', columns: ['body_mass_g'] }],
    input: ['layer.input'],
    trunk: ['layer.dense', { units: 24, activation: 'relu' }],
    kinds: ['layer.dense', { units: 3, activation: 'softmax' }],
    weights: ['layer.dense', { units: 1 }],
    kind: ['layer.output', { target: 'species' }],
    grammes: ['layer.output', { target: 'body_mass_g', weight: 0.5 }],
    train: ['train.fit', { epochs: 40, batchSize: 16, optimizer: fast }],
    test: ['evaluate.test'],
    export: ['deploy.export', { name: 'penguins', to: modelyard.path('two') }],
    ...changes,
  };
  return yard(nodes, [
    'csv.table>clean.table',
    'clean.table>split.table',
    'split.dataset>encode.table',
    'encode.table>scale.table',
    'scale.table>grams.table',
    'grams.table>input.like',
    'input.y>trunk.x',
    'trunk.y>kinds.x',
    'trunk.y>weights.x',
    'kinds.y>kind.x',
    'weights.y>grammes.x',
    'kind.y>train.output',
    'grammes.y>train.output',
    'grams.table>train.dataset',
    'train.model>test.model',
    'grams.table>test.dataset',
    'train.model>export.model',
    'test.report>export.reports',
  ]);
}

async function trained(name: string, document: string) {
  const file = modelyard.path(`${name}.yard`);
  writeFileSync(file, document);
  const { code, events, err } = await modelyard.events('run', file);
  expect(`${err}${code}`).toBe('0');
  const report = events.findLast(({ type }) => type === 'report')?.report;
  const parity = events.findLast(({ type }) => type === 'parity')?.parity as { formats: Record<string, Compared> };
  expect(Object.keys(parity.formats).sort()).toEqual(['onnx', 'savedModel', 'server', 'tfjs']);
  for (const { classChanges } of Object.values(parity.formats)) expect(classChanges).toBe(0);
  return { events, report: report as Report };
}

interface Compared {
  readonly classChanges: number;
}
interface Report {
  readonly kind: string;
  readonly reports: readonly Readonly<Record<string, unknown>>[];
  readonly r2: number;
  readonly mean: number;
  readonly median: number;
}

async function problemsOf(document: string): Promise<string> {
  const file = modelyard.path('wrong.yard');
  writeFileSync(file, document);
  const { out, err, code } = await modelyard.run('check', file);
  expect(code).not.toBe(0);
  return out + err;
}

describe.sequential('a model with two targets', () => {
  it('learns a class and a number, reports both, and is exported so that every format agrees', async () => {
    const { report, events } = await trained('two', twoTargets());
    expect(report.kind).toBe('several');
    const [grammes, kind] = report.reports;
    expect(kind).toMatchObject({ kind: 'classification', output: 'kind' });
    expect(Number(kind?.accuracy)).toBeGreaterThan(0.9);
    expect(grammes).toMatchObject({ kind: 'regression', output: 'grammes' });
    expect(Number(grammes?.r2)).toBeGreaterThan(0.7);
    const epoch = events.findLast(({ type }) => type === 'epoch-finished')?.metrics;
    const names = ['loss', 'loss/kind', 'loss/grammes', 'accuracy/kind', 'meanAbsoluteError/grammes'];
    expect(Object.keys(epoch as object).sort()).toEqual(names.sort());
    const metadata = JSON.parse(readFileSync(join(modelyard.path('two'), 'metadata.json'), 'utf8'));
    expect(metadata.outputs).toMatchObject([
      { name: 'grammes', target: 'body_mass_g', means: { kind: 'number' } },
      { name: 'kind', target: 'species', means: { kind: 'classes' } },
    ]);
  });

  it.each([
    ['weight', 0],
    ['weight', -1],
  ])('refuses the %s %d', async (param, value) => {
    const output: Sketch = ['layer.output', { target: 'species', [param]: value }];
    expect(await problemsOf(twoTargets({ kind: output }))).toContain(param);
  });

  it('refuses an output that says nothing, one whose target is no target, and a target that is an input', async () => {
    const plain = twoTargets({ kind: ['layer.activation', { activation: 'linear' }] });
    expect(await problemsOf(plain)).toContain('several outputs');
    expect(await problemsOf(twoTargets({ kind: ['layer.output', { target: 'bill_length_mm' }] }))).toContain('feature');
    const told = twoTargets({ input: ['layer.input', { columns: ['bill_length_mm', 'body_mass_g'] }] });
    expect(await problemsOf(told)).toContain('would be told the answer');
  });

  it('refuses to watch what is not measured', async () => {
    const earlyStopping = { type: 'on', monitor: 'valF1', patience: 3, minDelta: 0 };
    const watching = twoTargets({ train: ['train.fit', { epochs: 2, earlyStopping }] });
    expect(await problemsOf(watching)).toContain('valAccuracy/kind');
  });
});

it('gives its input back: an autoencoder tells how unusual a row is', async () => {
  const nodes: Record<string, Sketch> = {
    csv: ['data.csv', { file: 'penguins.csv', roles: { species: 'ignore', island: 'ignore', sex: 'ignore' } }],
    clean: ['prepare.clean', { missing: 'drop' }],
    split: ['prepare.split', { by: 'random', test: 0.25 }],
    scale: ['prepare.normalize', { method: 'standard' }],
    input: ['layer.input'],
    code: ['layer.dense', { units: 2 }],
    back: ['layer.dense', { units: 4 }],
    same: ['layer.output'],
    train: ['train.fit', { epochs: 60, batchSize: 16, optimizer: fast }],
    test: ['evaluate.test'],
    export: ['deploy.export', { name: 'shapes', to: modelyard.path('shapes') }],
  };
  const edges = ['csv.table>clean.table', 'clean.table>split.table', 'split.dataset>scale.table'];
  const layers = ['scale.table>input.like', 'input.y>code.x', 'code.y>back.x', 'back.y>same.x', 'input.y>same.target'];
  const use = [
    'same.y>train.output',
    'scale.table>train.dataset',
    'train.model>test.model',
    'scale.table>test.dataset',
  ];
  const { report } = await trained('shapes', yard(nodes, [...edges, ...layers, ...use, 'train.model>export.model']));
  expect(report.kind).toBe('score');
  // Four measurements, scaled, are mostly two numbers.
  expect(report.mean).toBeLessThan(0.25);
  expect(report.median).toBeLessThan(report.mean);
});

describe.sequential('two towers', () => {
  const towers = (columns: { person: string[]; film: string[] }): string => {
    const tower = (name: string, inputDim: number): Record<string, Sketch> => ({
      [name]: ['layer.input', { columns: columns[name as 'person' | 'film'] }],
      [`${name}Vector`]: ['layer.embedding', { inputDim, outputDim: 4 }],
      [`${name}Flat`]: ['layer.flatten'],
    });
    const nodes: Record<string, Sketch> = {
      csv: ['data.csv', { file: 'ratings.csv' }],
      split: ['prepare.split', { by: 'random', target: ['rating'], test: 0.2 }],
      encode: ['prepare.encode', { method: 'ordinal' }],
      ...tower('person', 14),
      ...tower('film', 12),
      match: ['layer.dot'],
      train: ['train.fit', { loss: 'meanSquaredError', epochs: 80, batchSize: 8, optimizer: fast }],
      test: ['evaluate.test'],
      export: ['deploy.export', { name: 'films', to: modelyard.path('films') }],
    };
    const wires = ['person', 'film'].flatMap((name) => [
      `encode.table>${name}.like`,
      `${name}.y>${name}Vector.x`,
      `${name}Vector.y>${name}Flat.x`,
    ]);
    return yard(nodes, [
      ...['csv.table>split.table', 'split.dataset>encode.table', ...wires],
      ...['personFlat.y>match.a', 'filmFlat.y>match.b', 'match.y>train.output', 'encode.table>train.dataset'],
      ...['train.model>test.model', 'encode.table>test.dataset', 'train.model>export.model'],
    ]);
  };

  it('learn from who and what, each at its own input, and are exported with proof', async () => {
    const { report } = await trained('films', towers({ person: ['person'], film: ['film'] }));
    expect(report.r2).toBeGreaterThan(0.8);
  });

  it('say which columns enter where: two that take all, and one that names none there is', async () => {
    expect(await problemsOf(towers({ person: [], film: [] }))).toContain('Only one input can take the rest');
    expect(await problemsOf(towers({ person: ['person'], film: ['movie'] }))).toContain('"movie"');
  });
});
