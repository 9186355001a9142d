import { beforeAll, describe, expect, it } from 'vitest';
import type { YardNode } from '../../src-shared/document/document';
import { lookupNode } from '../../src-shared/nodes/catalog';
import { problem } from '../../src-shared/problem';
import { addLosses, emptyHistory } from '../../src-shared/runs/loss-history';
import type { NodeRun } from '../../src-shared/runs/run-state';
import type { WireType } from '../../src-shared/types/ports';
import type { PlannedStep } from '../../src-shared/window-data';
import { setLanguage, setUpI18n, translate } from '../i18n/i18n';
import { type FaceInput, nodeFace } from './node-face';

const nodeOf = (kind: string, more: Partial<YardNode> = {}): YardNode => ({
  kind,
  version: 1,
  name: kind.split('.')[1] ?? kind,
  params: {},
  position: [0, 0],
  ...more,
});
const quiet: NodeRun = { state: 'waiting', loss: emptyHistory, epochs: [], logs: [], problems: [] };
const image: WireType = {
  type: 'tensor',
  dtype: 'float32',
  shape: ['batch', 26, 26, 32],
  parameters: 320,
  flops: 1,
  layer: 'dense',
  inputs: [],
};

function faceOf(node: YardNode, more: Partial<FaceInput> = {}) {
  return nodeFace({
    node,
    definition: lookupNode(node.kind),
    wired: { inputs: [], outputs: [] },
    typeOf: () => undefined,
    enters: () => undefined,
    run: undefined,
    step: undefined,
    problems: [],
    isReading: false,
    isRunning: false,
    t: translate,
    language: 'en',
    ...more,
  });
}

const stepOf = (state: PlannedStep['state'], code: PlannedStep['reason']['code']): PlannedStep => ({
  node: 'x',
  state,
  reason: { code },
});
const conv = nodeOf('layer.conv2d');
const wired = { inputs: ['x'], outputs: [] };
const training = {
  epoch: 3,
  epochs: 5,
  step: 10,
  steps: 100,
  metrics: { accuracy: 0.9871, loss: 0.0421 },
  rate: 6740,
  unit: 'images/s',
  remaining: 26,
};

beforeAll(async () => {
  await setUpI18n('en');
});

describe('what a node says of what comes out of it', () => {
  it('is a shape, rows, or how rows are split', () => {
    expect(faceOf(conv, { wired, typeOf: () => image }).fact.text).toBe('→ 26×26×32');
    const columns = [{ name: 'a', type: { kind: 'float' }, role: 'feature' }] as const;
    const table: WireType = { type: 'table', columns, rows: 344, steps: [] };
    expect(faceOf(nodeOf('data.csv'), { typeOf: () => table }).fact.text).toBe('344 rows × 1 column');
    const dataset: WireType = { ...table, type: 'dataset', splits: { train: 60_000, validation: 0, test: 1234 } };
    const split = nodeOf('prepare.split');
    expect(faceOf(split, { wired: { inputs: ['table'], outputs: [] }, typeOf: () => dataset }).fact.text).toBe(
      '60k train · 1,234 test',
    );
  });

  it('asks for what it cannot do without, without a fuss', () => {
    const open = problem(
      'input-missing',
      { name: 'conv2d', port: 'x', wanted: 'tensor' },
      { node: 'conv2d', port: 'x' },
    );
    const face = faceOf(conv, { problems: [open] });
    expect(face.fact).toEqual({ text: 'connect x', isAsking: true });
    expect(face.status).toBeUndefined();
    expect(face.inputs[0]).toMatchObject({ isMissing: true, wire: 'tensor' });
  });

  it('is what was measured, once it ran', () => {
    const run: NodeRun = { ...quiet, state: 'running', training, loss: addLosses(emptyHistory, [1, 0.5]) };
    const known = { wired: { inputs: ['dataset', 'output'], outputs: [] }, isRunning: true };
    const face = faceOf(nodeOf('train.fit'), { ...known, run });
    expect(face.fact.text).toBe('Loss 0.0421 · Accuracy 0.9871');
    const onCard = faceOf(nodeOf('train.fit'), { ...known, run: { ...run, device: 'NVIDIA H100' } });
    expect(onCard.fact.text).toBe('Loss 0.0421 · Accuracy 0.9871 · GPU');
    expect(face.status).toMatchObject({ sign: '●', text: 'epoch 3 of 5', tone: 'busy' });
    expect(face.body.kind).toBe('training');
    expect(face.run).toBe(run);
  });
});

describe('the state of a node', () => {
  const at = (more: Partial<FaceInput>) => {
    const { status } = faceOf(conv, { wired, ...more });
    return status && `${status.sign} ${status.text}`.trim();
  };

  it('follows plan and run', () => {
    expect(at({})).toBeUndefined();
    expect(at({ step: stepOf('cached', 'same-inputs') })).toBe('◇ cached');
    expect(at({ step: stepOf('run', 'first-run') })).toBeUndefined();
    expect(at({ step: stepOf('run', 'param-changed') })).toBe('↻ stale');
    expect(at({ run: { ...quiet, state: 'done', seconds: 1.2 } })).toBe('✓ 1.2 s');
    expect(at({ run: { ...quiet, state: 'done' }, step: stepOf('run', 'input-changes') })).toBe('↻ stale');
    expect(at({ run: quiet, isRunning: true })).toBe('waiting');
    expect(at({ run: { ...quiet, state: 'failed' } })).toBe('▲ failed');
    const progress = { done: 45, total: 100, unit: 'rows' };
    expect(at({ run: { ...quiet, state: 'running', progress }, isRunning: true })).toBe('● 45 %');
  });

  it('says what is wrong before anything else, and that it is off before that', () => {
    const wrong = problem(
      'param-too-small',
      { param: 'filters', value: 0, limit: 1 },
      { node: 'conv2d', param: 'filters' },
    );
    const step = stepOf('cached', 'same-inputs');
    expect(at({ problems: [wrong], step })).toBe('▲ problem');
    expect(at({ problems: [wrong, wrong] })).toBe('▲ 2 problems');
    const muted = faceOf({ ...conv, muted: true }, { problems: [wrong] });
    expect(muted).toMatchObject({ look: 'muted', status: { text: 'muted', tone: 'quiet' } });
    expect(faceOf(conv, { wired, problems: [wrong] }).problem).toContain('filters');
  });

  it('keeps its width while it counts', () => {
    const width = (epoch: number) => {
      const run: NodeRun = { ...quiet, state: 'running', training: { ...training, epoch, epochs: 1000, folds: 1 } };
      return faceOf(conv, { wired, run, isRunning: true }).width;
    };
    expect(width(1)).toBe(width(1000));
  });
});

describe('names', () => {
  it('stand beside the title where they say more than it', () => {
    expect(faceOf(conv).aside).toBe('');
    expect(faceOf({ ...conv, name: 'conv2d_3' }).aside).toBe('');
    expect(faceOf(nodeOf('train.fit', { name: 'train' })).aside).toBe('');
    expect(faceOf({ ...conv, name: 'edges' }).aside).toBe('edges');
  });

  it('are read aloud with kind, state and problem', () => {
    const wrong = problem(
      'param-too-small',
      { param: 'filters', value: 0, limit: 1 },
      { node: 'conv2d', param: 'filters' },
    );
    const { label } = faceOf({ ...conv, name: 'edges' }, { wired, problems: [wrong] });
    expect(label).toMatch(/^edges, Conv2D, problem, .*filters/);
  });
});

describe('a kind that this version does not know', () => {
  it('keeps its wires and says so', () => {
    const strange = faceOf(nodeOf('layer.capsule'), { wired: { inputs: ['u'], outputs: ['v'] } });
    expect(strange).toMatchObject({ look: 'unknown', title: 'layer.capsule', status: { tone: 'warn' } });
    expect([strange.inputs, strange.outputs].flat().map(({ name }) => name)).toEqual(['u', 'v']);
  });
});

it('speaks Chinese', async () => {
  await setLanguageAndWait('zh');
  const face = faceOf(conv, { wired, typeOf: () => image, language: 'zh', step: stepOf('cached', 'same-inputs') });
  expect([face.title, face.status?.text]).toEqual(['二维卷积', '已缓存']);
  await setLanguageAndWait('en');
});

async function setLanguageAndWait(language: 'en' | 'zh'): Promise<void> {
  globalThis.document ??= { documentElement: {} } as Document;
  setLanguage(language);
}
