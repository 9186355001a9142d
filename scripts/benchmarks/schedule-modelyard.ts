// What the engine takes for a graph of nodes that do nothing, with its plan, keys, journal, events and store; prints
// one JSON line. `first`: nothing is in the store yet; `again`: everything is; `leaf`: one param changed. `fixed` is
// what a run of one node takes, `seconds` what all nodes take beyond that, `cold` what all took in the first run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serialize } from 'node:v8';
import { EventBatcher } from '../../src-main/engine/event-batcher';
import { executeRun } from '../../src-main/engine/execute-run';
import { type ToldEvent, toTell } from '../../src-main/engine/messages';
import { openEngineParts } from '../../src-main/engine/open-engine-parts';
import { edgeId, type NodeId, type YardDocument } from '../../src-shared/document/document';
import { defineNode } from '../../src-shared/nodes/define-node';
import { fail } from '../../src-shared/problem';
import { int } from '../../src-shared/types/params';

const { values } = parseArgs({
  options: {
    graph: { type: 'string', default: 'wide' },
    nodes: { type: 'string', default: '2000' },
    job: { type: 'string', default: 'first' },
    repeats: { type: 'string', default: '15' },
  },
});

const said = (text: string) => ({ en: text, zh: text });
let ran = 0;
const report = {
  report: { kind: 'regression', split: 'test', rows: 0, r2: 0, mae: 0, rmse: 0, mistakes: [] },
} as const;
const nothing = defineNode({
  kind: 'bench.nothing',
  title: said('Nothing'),
  summary: said('Does nothing'),
  version: 1,
  inputs: { after: { type: 'report', many: true, optional: true } },
  outputs: { report: { type: 'report' } },
  params: { value: int({ label: said('Value'), default: 0 }) },
  infer: () => ({ outputs: { report: { type: 'report' } } }),
  execute: async () => {
    ran += 1;
    return report;
  },
});

/** The names of the nodes that each node reads. */
const graphs: Readonly<Record<string, (count: number) => (place: number) => number[]>> = {
  wide: () => () => [],
  chain: () => (place) => (place === 0 ? [] : [place - 1]),
  layered: (count) => (place) => {
    const width = count / 10;
    const layer = Math.floor(place / width);
    return layer === 0 ? [] : [0, 1, 2].map((step) => (layer - 1) * width + (((place % width) + step) % width));
  },
};

/** `leaf`: what changes the last node, which nothing reads. */
function documentOf(count: number, leaf: number): YardDocument {
  const before = graphs[values.graph]?.(count) ?? (() => []);
  const name = (place: number): NodeId => `n${place}`;
  const nodes: YardDocument['nodes'] = Object.fromEntries(
    Array.from({ length: count }, (_, place) => {
      const params = { value: place === count - 1 ? count + leaf : place };
      return [name(place), { kind: nothing.kind, version: 1, name: name(place), params, position: [0, 0] }];
    }),
  );
  const edges = Array.from({ length: count }, (_, place) =>
    before(place).map((source, order) => {
      const from = { node: name(source), port: 'report' };
      return [edgeId(from, { node: name(place), port: 'after' }), { order }] as const;
    }),
  );
  return {
    format: 'modelyard',
    version: 1,
    settings: { seed: 1 },
    nodes,
    edges: Object.fromEntries(edges.flat()),
    notes: {},
    groups: {},
    flows: {},
  };
}

interface Sample {
  readonly seconds: number;
  readonly cpu: number;
  readonly ran: number;
}

const nobody = { name: 'none', description: 'none', fingerprint: 'none' };

async function openEngine(store: string) {
  const parts = await openEngineParts({ role: 'run', store, storeLimit: 2 ** 30 });
  const runner = { runner: nobody, open: () => fail('engine-only-looks') };
  return {
    ...parts,
    lookup: (kind: string) => (kind === nothing.kind ? nothing : undefined),
    openRunner: async () => ({ runner, passedOver: [] }),
  };
}

/** One run; its events are batched and written out as they are for the host. */
async function timeRun(parts: Awaited<ReturnType<typeof openEngine>>, document: YardDocument): Promise<Sample> {
  ran = 0;
  const told: Uint8Array[] = [];
  const batcher = new EventBatcher<ToldEvent>((events) => told.push(serialize({ type: 'events', id: 1, events })));
  const ask = { document, base: '/bench', name: 'bench.yard' };
  const { signal } = new AbortController();
  const cpu = process.cpuUsage();
  const began = performance.now();
  const outcome = await executeRun(parts, ask, { signal, onEvent: (event, line) => batcher.add(toTell(event, line)) });
  batcher.flush();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  if (outcome.state !== 'done') throw new Error(`The run ended: ${JSON.stringify(outcome).slice(0, 500)}`);
  return { seconds, cpu: (user + system) / 1e6, ran };
}

async function sample(count: number): Promise<Sample> {
  const store = mkdtempSync(join(tmpdir(), 'modelyard-bench-'));
  try {
    const first = await timeRun(await openEngine(store), documentOf(count, 0));
    if (values.job === 'first') return first;
    // Another process finds what this one left.
    return await timeRun(await openEngine(store), documentOf(count, values.job === 'leaf' ? 1 : 0));
  } finally {
    rmSync(store, { recursive: true, force: true });
  }
}

/** Runs that V8 still compiles in. */
const warmUps = 5;

/** The middle one by time, the best time after runs that warm up, and that of the first of all. */
async function middle(count: number): Promise<Sample & { readonly best: number; readonly cold: number }> {
  const samples: Sample[] = [];
  const cold = await sample(count);
  for (let repeat = 1 - warmUps; repeat < Number(values.repeats); repeat++) {
    const one = await sample(count);
    if (repeat >= 0) samples.push(one);
  }
  const found = samples.sort((a, b) => a.seconds - b.seconds)[Math.floor(samples.length / 2)];
  const best = samples[0]?.seconds;
  if (!found || best === undefined) throw new Error('At least one run is needed.');
  return { ...found, best, cold: cold.seconds };
}

const all = await middle(Number(values.nodes));
const { cold } = all;
const one = await middle(1);
const seconds = all.seconds - one.seconds;
const best = all.best - one.best;
console.log(JSON.stringify({ seconds, best, cpu: all.cpu - one.cpu, fixed: one.seconds, cold, ran: all.ran }));
