import { describe, expect, it } from 'vitest';
import type { YardDocument, YardNode } from '../document/document';
import { chain, lookupTestNode, testDocument, testNode, testNodes } from '../document/test-nodes';
import type { Hash } from '../hash';
import { lookupOp } from '../ops/catalog';
import { defineStep } from '../recipe/define-step';
import { totalEstimate } from './estimate';
import { type Inference, inferTypes } from './infer';
import { computeKeys, type KeyOptions, type Keys, seedFor } from './keys';
import { type PlanOptions, type PlanStep, planRun } from './plan';
import type { PreviousStep } from './reasons';

const scaleStep = defineStep({ name: 'test.scale', columns: (columns) => columns, touches: () => true, samples: [] });

function infer(document: YardDocument): Inference {
  return inferTypes(document, {
    lookup: lookupTestNode,
    nodes: testNodes,
    lookupStep: () => scaleStep,
    ops: lookupOp,
    facts: { a: { columns: [{ name: 'x', type: { kind: 'float' }, role: 'feature' }], rows: 100, exact: true } },
  });
}

const machine = { runner: 'native', fileHash: (path: string): Hash => `sha256:${path}` };
function keysOf(document: YardDocument, options: Partial<KeyOptions> = {}): Keys {
  return computeKeys(document, { ...machine, ...options, inference: infer(document) });
}
/** Keys and seeds as plain data. */
function known(document: YardDocument) {
  const keys = keysOf(document);
  return { ...keys, seeds: Object.keys(document.nodes).map(keys.seeds) };
}
function change(document: YardDocument, id: string, more: Partial<YardNode>): YardDocument {
  const node = document.nodes[id];
  if (!node) throw new Error(id);
  return { ...document, nodes: { ...document.nodes, [id]: { ...node, ...more } } };
}

/** What a finished run of a document leaves behind. */
function ranOnce(document: YardDocument, options: Partial<KeyOptions> = {}) {
  const keys = keysOf(document, options);
  const kept = new Set<string>([...keys.nodes.values()].map(({ hash }) => hash));
  const previous: Record<string, PreviousStep> = {};
  for (const [id, { hash, parts }] of keys.nodes) previous[id] = { key: hash, parts, isDone: true, seconds: 3 };
  return { has: (key: Hash) => kept.has(key), stillThere: () => true, previous, kept };
}

function plan(document: YardDocument, options: Partial<PlanOptions & KeyOptions> = {}): PlanStep[] {
  const keys = keysOf(document, options);
  return planRun({ has: () => false, ...options, inference: infer(document), keys });
}
function states(steps: readonly PlanStep[]): Record<string, string> {
  return Object.fromEntries(steps.map((step) => [step.name, `${step.state} ${step.reason.code}`]));
}

describe('planRun', () => {
  it('runs everything the first time', () => {
    const steps = plan(chain());
    expect(states(steps)).toEqual({
      penguins: 'run first-run',
      scale: 'traced traced',
      split: 'traced traced',
      train: 'run first-run',
      report: 'run first-run',
    });
    expect(steps.map((step) => step.needs)).toEqual([[], ['a'], ['a'], ['a'], ['d']]);
    expect(totalEstimate(steps)).toEqual({ seconds: 7 });
  });

  it('runs nothing when nothing changed', () => {
    expect(states(plan(chain(), ranOnce(chain())))).toEqual({
      penguins: 'cached same-inputs',
      scale: 'traced traced',
      split: 'traced traced',
      train: 'cached same-inputs',
      report: 'cached same-inputs',
    });
  });

  it('does not care for names, places, notes and sizes', () => {
    const renamed = change(change(chain(), 'b', { name: 'other' }), 'd', {
      name: 'trainer',
      position: [9, 9],
      collapsed: true,
    });
    expect(known(renamed)).toEqual(known(chain()));
    const allRenamed = Object.keys(chain().nodes).reduce((all, id) => change(all, id, { name: `my ${id}` }), chain());
    expect(known(allRenamed)).toEqual(known(chain()));
  });

  it('says which param changed, from what to what', () => {
    const document = change(chain(), 'd', { params: { optimizer: { type: 'adam', learningRate: 0.01 } } });
    const steps = plan(document, ranOnce(chain()));
    expect(states(steps)).toMatchObject({
      penguins: 'cached same-inputs',
      train: 'run param-changed',
      report: 'run input-changes',
    });
    expect(steps.find((step) => step.node === 'd')?.reason.values).toEqual({
      param: 'optimizer.learningRate',
      before: '0.001',
      now: '0.01',
    });
    expect(steps.find((step) => step.node === 'e')?.reason.values).toEqual({ input: 'models', from: 'train' });
    expect(steps.find((step) => step.node === 'd')?.estimate).toEqual({ seconds: 3 });
  });

  it('sees changes of files, of steps before, of the seed and of the runner', () => {
    const before = ranOnce(chain());
    const fileHash = (): Hash => 'sha256:other';
    expect(states(plan(chain(), { ...before, fileHash }))).toMatchObject({
      penguins: 'run file-changed',
      train: 'run input-changes',
    });
    expect(states(plan(change(chain(), 'b', { params: { divideBy: 2 } }), before))).toMatchObject({
      penguins: 'cached same-inputs',
      train: 'run input-changes',
    });
    expect(states(plan({ ...chain(), settings: { seed: 7 } }, before))).toMatchObject({ train: 'run seed-changed' });
    expect(states(plan(chain(), { ...before, runner: 'portable' }))).toMatchObject({
      penguins: 'cached same-inputs',
      train: 'run runner-changed',
    });
  });
});

describe('planRun with results gone', () => {
  it('runs again what is no longer kept, and only where something needs it', () => {
    const { kept, ...before } = ranOnce(chain());
    kept.delete(keysOf(chain()).nodes.get('a')?.hash ?? '');
    expect(states(plan(chain(), before))).toMatchObject({ penguins: 'cached not-needed', train: 'cached same-inputs' });
    kept.delete(keysOf(chain()).nodes.get('d')?.hash ?? '');
    kept.delete(keysOf(chain()).nodes.get('e')?.hash ?? '');
    expect(states(plan(chain(), before))).toMatchObject({
      penguins: 'run not-kept',
      train: 'run not-kept',
      report: 'run not-kept',
    });
  });

  it('writes again what is gone from outside, with the kept model', () => {
    const steps = plan(chain(), { ...ranOnce(chain()), stillThere: () => false });
    expect(states(steps)).toMatchObject({ train: 'cached same-inputs', report: 'run not-kept' });
  });

  it('takes up what did not finish', () => {
    const before = ranOnce(chain());
    const train = before.previous.d;
    if (!train) throw new Error('The trainer ran.');
    before.kept.delete(train.key);
    before.kept.delete(before.previous.e?.key ?? '');
    const previous = { ...before.previous, d: { ...train, isDone: false } };
    expect(states(plan(chain(), { ...before, previous }))).toMatchObject({ train: 'run not-finished' });
  });
});

describe('planRun when told what', () => {
  it('runs only what one node needs', () => {
    expect(states(plan(chain(), { to: 'd' }))).toMatchObject({
      penguins: 'run first-run',
      train: 'run first-run',
      report: 'off not-asked',
    });
  });

  it('takes nothing from the store when told so', () => {
    expect(states(plan(chain(), { ...ranOnce(chain()), noCache: true }))).toMatchObject({
      penguins: 'run no-cache',
      train: 'run no-cache',
    });
  });

  it('blocks what a problem or a muted node stands before, and runs the rest', () => {
    expect(states(plan(change(chain(), 'c', { params: { test: 2 } })))).toEqual({
      penguins: 'run first-run',
      scale: 'traced traced',
      split: 'blocked problem',
      train: 'blocked blocked-by',
      report: 'blocked blocked-by',
    });
    expect(states(plan(change(chain(), 'c', { muted: true })))).toMatchObject({
      split: 'off muted',
      train: 'blocked blocked-by',
    });
    expect(states(plan(change(chain(), 'b', { bypassed: true })))).toMatchObject({
      scale: 'off bypassed',
      train: 'run first-run',
    });
  });
});

describe('keys', () => {
  it('name the only thing that a node gives by what makes it, and each of several by its port', () => {
    const { nodes, wires } = keysOf(chain());
    expect(wires.get('a.table')).toBe(nodes.get('a')?.hash);
    expect(new Set([nodes.get('d')?.hash, wires.get('d.model'), wires.get('d.estimator')]).size).toBe(3);
  });

  it('and the order of nodes are the same whatever the order of edges', () => {
    const document = testDocument(
      { a: testNode('train', 'a'), b: testNode('train', 'b'), c: testNode('report', 'c'), d: testNode('report', 'd') },
      [],
    );
    const edges: [string, { order: number }][] = [
      ['b.model>c.models', { order: 1 }],
      ['a.model>d.models', { order: 0 }],
      ['a.model>c.models', { order: 0 }],
    ];
    const one = { ...document, edges: Object.fromEntries(edges) };
    const other = { ...document, edges: Object.fromEntries(edges.reverse()) };
    expect(
      infer(one)
        .graph.nodes.get('c')
        ?.inputs.models?.map(({ node }) => node),
    ).toEqual(['a', 'b']);
    expect(known(one)).toEqual(known(other));
    const order = (of: YardDocument) => infer(of).graph.order.map(({ id }) => id);
    expect(order(one)).toEqual(['a', 'b', 'd', 'c']);
    expect(order(other)).toEqual(order(one));
  });

  it('count a file by its contents, not by where it lies', () => {
    const moved = change(chain(), 'a', { params: { file: 'elsewhere/penguins.csv' } });
    const fileHash = (): Hash => 'sha256:same';
    expect(keysOf(moved, { fileHash }).nodes).toEqual(keysOf(chain(), { fileHash }).nodes);
  });

  it('give twins different seeds, copies the same, whatever they are called', () => {
    const twins = testDocument({ ...chain().nodes, f: testNode('train', 'twin', { params: { epochs: 9 } }) }, [
      ...Object.keys(chain().edges),
      'c.dataset>f.dataset',
    ]);
    const [one, two] = [seedFor(keysOf(twins), 'd', 'fit'), seedFor(keysOf(twins), 'f', 'fit')];
    expect(one).not.toBe(two);
    expect(seedFor(keysOf(change(twins, 'd', { name: 'x', params: { epochs: 2 } })), 'd', 'fit')).toBe(one);
    expect(seedFor(keysOf(chain()), 'd', 'fit')).toBe(one);
    expect(seedFor(keysOf(chain()), 'd', 'data')).not.toBe(one);
  });
});
