import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { edgeId, type Params, type YardDocument } from '../../src-shared/document/document';
import { defineNode, type NodeDefinition } from '../../src-shared/nodes/define-node';
import { fail, problem } from '../../src-shared/problem';
import type { RunEvent } from '../../src-shared/runs/run-event';
import type { RegressionReport } from '../../src-shared/runs/values';
import { bool, int, text } from '../../src-shared/types/params';
import { type FsPort, realFs } from '../files/fs-port';
import type { EngineParts } from './engine-parts';
import { executeRun } from './execute-run';
import { createImages } from './images';
import type { DocumentRequest, RunOutcome } from './messages';
import { ViewCache } from './preview/view-cache';
import { FileHashes } from './probe/file-hashes';
import { FolderHashes } from './probe/folder-hashes';
import { SharedWork } from './probe/shared-work';
import { openStore } from './store/store';

/** For tests of the engine: small nodes that carry one number in a report, and real parts around them. */
const both = (said: string) => ({ en: said, zh: said });
const described = (kind: string) => ({ kind, title: both(kind), summary: both(kind), version: 1 });
const carry = (rmse: number): RegressionReport => {
  return { kind: 'regression', split: 'test', rows: 1, r2: 0, mae: 0, rmse, mistakes: [] };
};
const numberIn = (report: unknown) => (report as RegressionReport).rmse;

/** How often each node ran, by name. */
export type Counts = Record<string, number>;

export function testNodes(counts: Counts): NodeDefinition[] {
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const report = { report: { type: 'report' } } as const;
  const number = defineNode({
    ...described('test.number'),
    inputs: {},
    outputs: report,
    params: { value: int({ label: both('Value'), default: 1 }) },
    infer: (_inputs, { value }) => ({
      outputs: { report: { type: 'report' } },
      ...(value < 0 ? { problems: [problem('test-negative', {}, { param: 'value' })] } : {}),
    }),
    execute: async (_inputs, { value }, ctx) => {
      count(ctx.node.name);
      return { report: carry(value) };
    },
  });
  const sum = defineNode({
    ...described('test.sum'),
    inputs: { terms: { type: 'report', many: true } },
    outputs: report,
    params: {
      plus: int({ label: both('Plus'), default: 0 }),
      fails: bool({ label: both('Fails'), default: false }),
      waits: bool({ label: both('Waits until it is stopped'), default: false }),
      note: text({ label: both('Note'), default: '' }),
    },
    infer: () => ({ outputs: { report: { type: 'report' } } }),
    check: (_inputs, { plus }, { freeMemory }) => {
      if (plus > (freeMemory?.() ?? Number.POSITIVE_INFINITY)) fail('test-too-large', {}, { param: 'plus' });
    },
    execute: async ({ terms }, { plus, fails, waits }, ctx) => {
      count(ctx.node.name);
      if (fails) fail('test-failed');
      if (waits)
        await new Promise((_, reject) => ctx.signal.addEventListener('abort', () => reject(new Error('stopped'))));
      return { report: carry(terms.reduce((total, term) => total + numberIn(term), plus)) };
    },
  });
  return [number, sum];
}

type Wiring = Readonly<Record<string, { readonly params?: Params; readonly from?: readonly string[] }>>;

/** A document of numbers (no sources) and sums, each node's id being its name. */
export function testDocument(wiring: Wiring): YardDocument {
  const nodes = Object.entries(wiring).map(([name, { params = {}, from }]) => {
    return [
      name,
      { kind: from ? 'test.sum' : 'test.number', version: 1, name, params, position: [0, 0] as const },
    ] as const;
  });
  const edges = Object.entries(wiring).flatMap(([name, { from = [] }]) =>
    from.map((source, order) => {
      return [edgeId({ node: source, port: 'report' }, { node: name, port: 'terms' }), { order }] as const;
    }),
  );
  return {
    format: 'modelyard',
    version: 1,
    settings: { seed: 1 },
    nodes: Object.fromEntries(nodes),
    edges: Object.fromEntries(edges),
    notes: {},
    groups: {},
    flows: {},
  };
}

export interface TestEngine {
  readonly root: string;
  readonly counts: Counts;
  readonly parts: EngineParts;
  run(wiring: Wiring, more?: Partial<DocumentRequest> & { readonly onEvent?: (event: RunEvent) => void }): TestRun;
}

export interface TestRun {
  readonly events: readonly RunEvent[];
  readonly outcome: Promise<RunOutcome>;
  readonly abort: () => void;
}

/** An engine of test nodes in this process, over a store in a folder of its own. */
export async function openTestEngine(
  options: { readonly fs?: FsPort; readonly root?: string; readonly counts?: Counts } = {},
): Promise<TestEngine> {
  const { fs = realFs, root = mkdtempSync(join(tmpdir(), 'engine-')), counts = {} } = options;
  const byKind = new Map(testNodes(counts).map((node) => [node.kind, node]));
  const store = await openStore(fs, root);
  const absent = () => fail('test-has-none');
  const info = { name: 'test', description: 'test', fingerprint: 'test' };
  const parts: EngineParts = {
    fs,
    store,
    storeLimit: 2 ** 30,
    hashes: new FileHashes(fs, store.folders.facts),
    folders: new FolderHashes(fs, store.folders.facts),
    images: createImages(fs),
    lookup: (kind) => byKind.get(kind),
    tables: {
      write: absent,
      open: absent,
      sniffCsv: absent,
      sniff: absent,
      sniffParquet: absent,
      group: absent,
      sniffParquetFile: absent,
      load: absent,
      close: async () => undefined,
    },
    reading: new SharedWork(),
    views: new ViewCache(),
    openRunner: async () => ({ runner: { runner: info, freeMemory: () => 1e6, open: absent }, passedOver: [] }),
    exports: () => ({ bundle: absent, deploy: absent }),
  };
  return {
    root,
    counts,
    parts,
    run: (wiring, { onEvent, ...more } = {}) => {
      const abort = new AbortController();
      const events: RunEvent[] = [];
      const record = (event: RunEvent) => {
        events.push(event);
        onEvent?.(event);
      };
      const ask = { document: testDocument(wiring), base: '/documents', name: 'test.yard', ...more };
      const outcome = executeRun(parts, ask, { signal: abort.signal, onEvent: record });
      return { events, outcome, abort: () => abort.abort() };
    },
  };
}
