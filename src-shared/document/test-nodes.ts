import type { NodeLookup } from '../nodes/catalog';
import { defineNode, type NodeDefinition } from '../nodes/define-node';
import { bool, choice, columns, file, float, int, map, pair, text, variant } from '../types/params';
import type { YardDocument, YardNode } from './document';

/** Small nodes of every sort, for tests of documents and plans: these do not depend on what the catalogue holds. */
const label = (en: string) => ({ en, zh: en });
const named = (kind: string) => ({ kind, title: label(kind), summary: label(kind) });

export const source = defineNode({
  ...named('test.source'),
  version: 1,
  inputs: {},
  outputs: { table: { type: 'table' } },
  params: {
    file: file({ label: label('File'), default: '', extensions: ['csv'] }),
    types: map({ label: label('Types'), default: {}, options: ['int', 'float'] }),
  },
  infer: (_inputs, _params, { facts }) => ({
    outputs: {
      table: { type: 'table', columns: facts?.columns ?? [], steps: [], ...(facts?.rows ? { rows: facts.rows } : {}) },
    },
  }),
  execute: async () => Promise.reject(new Error('Tests of plans execute nothing.')),
});

export const scale = defineNode({
  ...named('test.scale'),
  version: 2,
  upgrades: { 2: ({ factor, ...rest }) => ({ ...rest, divideBy: factor ?? 1 }) },
  inputs: { table: { type: ['table', 'dataset'] } },
  outputs: { table: { type: { as: 'table' }, traced: true } },
  params: {
    divideBy: float({ label: label('Divide by'), default: 1, min: 0, exclusive: true }),
    columns: columns({ label: label('Columns'), default: [], emptyMeans: label('all') }),
  },
  mends: { unscaled: { divideBy: 255 } },
  step: (params) => ({ steps: [{ step: 'test.scale', params: { ...params } }] }),
});

export const split = defineNode({
  ...named('test.split'),
  version: 1,
  inputs: { table: { type: ['table', 'dataset'] } },
  outputs: { dataset: { type: 'dataset', traced: true } },
  params: { test: float({ label: label('Test'), default: 0.2, min: 0, max: 1 }) },
  usesSeed: true,
  step: ({ test }) => ({ split: { by: 'random', validation: 0, test, seed: 1 } }),
});

export const train = defineNode({
  ...named('test.train'),
  version: 1,
  inputs: { dataset: { type: 'dataset' }, output: { type: 'tensor', optional: true } },
  outputs: { model: { type: 'model' }, estimator: { type: 'estimator', traced: true } },
  usesRunner: true,
  usesSeed: true,
  params: {
    epochs: int({ label: label('Epochs'), default: 5, min: 1, max: 1000 }),
    shuffle: bool({ label: label('Shuffle'), default: true }),
    loss: choice({
      label: label('Loss'),
      default: 'mse',
      options: [
        { value: 'mse', label: label('MSE') },
        { value: 'mae', label: label('MAE') },
      ],
    }),
    window: pair({ label: label('Window'), default: [3, 3], min: 1 }),
    title: text({ label: label('Title'), default: '', pattern: '^[a-z]*$', maxLength: 10 }),
    optimizer: variant({
      label: label('Optimizer'),
      default: 'adam',
      variants: {
        adam: {
          label: label('Adam'),
          params: { learningRate: float({ label: label('Rate'), default: 0.001, min: 0 }) },
        },
        sgd: {
          label: label('SGD'),
          params: {
            learningRate: float({ label: label('Rate'), default: 0.01, min: 0 }),
            momentum: float({ label: label('Momentum'), default: 0, min: 0, max: 1 }),
          },
        },
      },
    }),
  },
  infer: (_inputs, _params) => ({
    outputs: {
      model: { type: 'model', outputs: [], parameters: 1, columns: [] },
      estimator: { type: 'estimator', learns: ['number'], parameters: 1 },
    },
  }),
  execute: async () => Promise.reject(new Error('Tests of plans execute nothing.')),
  estimate: () => ({ seconds: 7 }),
});

export const report = defineNode({
  ...named('test.report'),
  version: 1,
  inputs: { models: { type: 'model', many: true } },
  outputs: { artifact: { type: 'artifact' } },
  params: {},
  writesOutside: true,
  infer: () => ({ outputs: { artifact: { type: 'artifact' } } }),
  execute: async () => Promise.reject(new Error('Tests of plans execute nothing.')),
});

export const testNodes: readonly NodeDefinition[] = [source, scale, split, train, report];

export const lookupTestNode: NodeLookup = (kind) => testNodes.find((node) => node.kind === kind);

/** A node of a test kind, with the version that the test kind has. */
export function testNode(kind: string, name: string, more: Partial<YardNode> = {}): YardNode {
  const version = lookupTestNode(`test.${kind}`)?.version ?? 1;
  return { kind: `test.${kind}`, version, name, params: {}, position: [0, 0], ...more };
}

export function testDocument(nodes: Readonly<Record<string, YardNode>>, edges: readonly string[]): YardDocument {
  return {
    format: 'modelyard',
    version: 1,
    settings: { seed: 42 },
    nodes,
    edges: Object.fromEntries(edges.map((id) => [id, {}])),
    notes: {},
    groups: {},
    flows: {},
  };
}

/** source → scale → split → train → report */
export function chain(): YardDocument {
  return testDocument(
    {
      a: testNode('source', 'penguins', { params: { file: 'penguins.csv' } }),
      b: testNode('scale', 'scale'),
      c: testNode('split', 'split'),
      d: testNode('train', 'train'),
      e: testNode('report', 'report'),
    },
    ['a.table>b.table', 'b.table>c.table', 'c.dataset>d.dataset', 'd.model>e.models'],
  );
}
