import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { YardDocument } from '../document/document';
import { renameNode } from '../document/edit-nodes';
import { loadDocument } from '../document/load';
import { applySettings, findNode } from '../document/set-params';
import { lookupNode, nodes } from '../nodes/catalog';
import { lookupOp } from '../ops/catalog';
import { isProblem } from '../problem';
import { lookupStep } from '../recipe/catalog';
import type { TabularValue } from '../runs/values';
import { type Inference, inferTypes } from './infer';
import { computeKeys, type Keys } from './keys';
import { planRun } from './plan';
import { Tracer } from './trace';

/** The real catalogue on the real example; what export adds may or may not be there. */
function open(name: string): YardDocument {
  const path = join(import.meta.dirname, '../../resources/examples', name);
  const { document } = loadDocument(readFileSync(path, 'utf8'), { lookup: lookupNode });
  if (!document) throw new Error(`${name} cannot be read.`);
  return document;
}

function infer(document: YardDocument): Inference {
  return inferTypes(document, { lookup: lookupNode, nodes, lookupStep, ops: lookupOp, facts: {} });
}

function keysOf(document: YardDocument): Keys {
  return computeKeys(document, { inference: infer(document), runner: 'r', fileHash: () => undefined });
}

function set(document: YardDocument, ...settings: string[]): YardDocument {
  const result = applySettings(document, settings, lookupNode);
  if (!result.document) throw new Error(JSON.stringify(result.problems));
  return result.document;
}

const digits = open('digits-cnn.yard');
const idOf = (name: string) => findNode(digits, name) ?? '';

describe('the digits pipeline', () => {
  it('has the shapes, parameters and costs of the reference network', () => {
    const { types, problems } = infer(digits);
    expect(problems.filter((problem) => problem.code !== 'kind-unknown')).toEqual([]);
    expect(types[`${idOf('conv2d')}.y`]).toMatchObject({ shape: ['batch', 26, 26, 32], parameters: 320 });
    expect(types[`${idOf('dense_1')}.y`]).toMatchObject({ shape: ['batch', 10], parameters: 121_930 });
    expect(types[`${idOf('split')}.dataset`]).toMatchObject({ splits: { train: 60_000, validation: 0, test: 10_000 } });
    expect(types[`${idOf('train')}.model`]).toMatchObject({ type: 'model', parameters: 121_930 });
  });

  it('names the layer that cannot be, and keeps the types before it', () => {
    const { types, problems } = infer(set(digits, 'conv2d_1.kernelSize=20x20'));
    const [problem] = problems.filter(({ code }) => code !== 'kind-unknown');
    expect(problem).toMatchObject({ node: 'conv2d_1', severity: 'error' });
    expect(types[`${idOf('conv2d')}.y`]).toBeDefined();
    expect(types[`${idOf('dense')}.y`]).toBeUndefined();
  });

  it('gives a renamed layer the same model, and another number of units another one', () => {
    const wire = `${idOf('dense_1')}.y`;
    const renamed = renameNode(digits, idOf('conv2d'), 'first');
    if (isProblem(renamed)) throw new Error(renamed.code);
    const key = keysOf(digits).wires.get(wire);
    expect(key).toBeDefined();
    expect(keysOf(renamed).wires.get(wire)).toBe(key);
    expect(keysOf(renamed).nodes).toEqual(keysOf(digits).nodes);
    expect(keysOf(set(digits, 'dense.units=32')).wires.get(wire)).not.toBe(key);
  });

  it('runs data, training and what follows at first, and only from the training on once units change', () => {
    const first = infer(digits);
    const keys = keysOf(digits);
    const states = (steps: ReturnType<typeof planRun>) =>
      Object.fromEntries(steps.map((step) => [step.name, step.state]));
    expect(states(planRun({ inference: first, keys, has: () => false }))).toMatchObject({
      digits: 'run',
      normalize: 'traced',
      conv2d: 'traced',
      train: 'run',
      test: 'run',
    });
    const kept = new Set<string>([...keys.nodes.values()].map(({ hash }) => hash));
    const changed = set(digits, 'dense.units=32');
    const plan = planRun({ inference: infer(changed), keys: keysOf(changed), has: (key) => kept.has(key) });
    expect(states(plan)).toMatchObject({ digits: 'cached', train: 'run', test: 'run' });
  });

  it('traces the dataset and the model that training receives', () => {
    const source = { columns: [], rows: 3, blocks: {}, scan: { kind: 'parquet', blob: 'sha256:0' } } as const;
    const table: TabularValue = { source, roles: {}, steps: [] };
    const tracer = new Tracer({ inference: infer(digits), lookupStep, seed: 42, executed: { get: () => table } });
    const { dataset, output } = tracer.inputs(idOf('train'));
    expect(dataset).toMatchObject({ source, steps: [{ step: 'constantScale', node: 'normalize' }], split: { at: 1 } });
    expect(output).toMatchObject({ bindings: [{ input: 'input', columns: 'rest' }], aims: {} });
    expect(tracer.inputs(idOf('train')).output).toBe(output);
  });
});

describe('the faster digits pipeline', () => {
  const fast = open('digits-fast.yard');

  it('has the shapes of its network, fewer parameters, and no problem', () => {
    const { types, problems } = infer(fast);
    const typeOf = (wire: string) => types[wire.replace(/^\w+/, (name) => findNode(fast, name) ?? name)];
    expect(problems).toEqual([]);
    expect(typeOf('conv2d.y')).toMatchObject({ shape: ['batch', 12, 12, 16], parameters: 416 });
    expect(typeOf('dropout.y')).toMatchObject({ shape: ['batch', 800], parameters: 5_248 });
    expect(typeOf('train.model')).toMatchObject({ type: 'model', parameters: 57_162 });
  });

  it('runs data, training, test and export, and the training again once its schedule changes', () => {
    const keys = keysOf(fast);
    const kept = new Set<string>([...keys.nodes.values()].map(({ hash }) => hash));
    const running = (document: YardDocument, has: (key: string) => boolean) =>
      planRun({ inference: infer(document), keys: keysOf(document), has, stillThere: () => true })
        .filter(({ state }) => state === 'run')
        .map(({ name }) => name);
    expect(running(fast, () => false)).toEqual(['digits', 'train', 'test', 'export']);
    expect(running(fast, (key) => kept.has(key))).toEqual([]);
    const changed = set(fast, 'train.schedule.warmupSteps=50');
    expect(running(changed, (key) => kept.has(key))).toEqual(['train', 'test', 'export']);
  });
});
