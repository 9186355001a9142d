import { join } from 'node:path';
import type { NodeId } from '../../src-shared/document/document';
import { type Hash, hashData } from '../../src-shared/hash';
import { isExecutedPort } from '../../src-shared/plan/needs';
import type { WireValue } from '../../src-shared/plan/trace';
import { type Problem, problem } from '../../src-shared/problem';
import type { Programs } from '../../src-shared/runs/run-context';
import type { RunEvent, RunEventBody } from '../../src-shared/runs/run-event';
import { hashContent } from '../files/content-hash';
import { diskProblem, withDiskProblems } from '../files/disk-problem';
import { isDiskError } from '../files/fs-port';
import { checkMachine } from './check-machine';
import type { EngineParts } from './engine-parts';
import { JournalWriter } from './journal/journal-writer';
import { checkpointsName, createRunFolder, type StepToRecord } from './journal/run-folder';
import { thinOutRuns } from './journal/thin-out-runs';
import type { DocumentRequest, RunOutcome, RunRequest } from './messages';
import { type Prepared, prepare, sourceOf } from './prepare-run';
import { GraphRunner } from './run-graph';
import { evict } from './store/evict';
import { markRunOpen } from './store/open-runs';

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Told each event, with its line in the journal. */
  readonly onEvent: (event: RunEvent, line: string) => void;
}

/** Plans a document, runs it, keeps its journal and its results. */
export async function executeRun(parts: EngineParts, ask: RunRequest, options: RunOptions): Promise<RunOutcome> {
  const { fs, store } = parts;
  const mark = hashData([process.pid, performance.now(), ask.name]).slice(7, 19);
  const close = await withDiskProblems(store.folders.root, () => markRunOpen(fs, store.folders, mark));
  try {
    return await withDiskProblems(store.folders.root, () => planAndRun(parts, ask, options));
  } finally {
    await close().catch(() => undefined);
    await evict(fs, store.folders, parts.storeLimit).catch(() => undefined);
    await thinOutRuns(fs, store.folders.runs).catch(() => undefined);
  }
}

async function planAndRun(parts: EngineParts, ask: RunRequest, options: RunOptions): Promise<RunOutcome> {
  const { signal } = options;
  const began = performance.now();
  const { runner, passedOver } = await parts.openRunner();
  const { prepared, loaded } = await prepareWithInputs(parts, ask, { signal, runner });
  const { seed } = ask.document.settings;
  const problems = [...problemsOnTheWay(prepared), ...checkMachine(prepared, { seed, programs: runner, loaded })];
  if (!ask.partial && problems.some(({ severity }) => severity === 'error')) return { state: 'refused', problems };
  const text = `${JSON.stringify(ask.document)}\n`;
  const { journal, run, folder } = await openJournal(parts, ask, { prepared, text, onEvent: options.onEvent });
  const emit = (body: RunEventBody) => journal.append(body);
  try {
    emit(started(ask, runner, hashContent(text)));
    for (const found of [...problems, ...passedOver.map(asWarning)]) {
      emit({ type: 'problem', ...(found.node === undefined ? {} : { node: found.node }), problem: found });
    }
    for (const { name, state, reason, estimate } of prepared.plan) {
      emit({ type: 'step-planned', node: name, state, reason, ...(estimate ? { estimate } : {}) });
    }
    const graph = new GraphRunner({ parts, ask, prepared, programs: runner, signal, folder, emit, loaded });
    const state = await graph.execute();
    emit({ type: 'run-finished', state, seconds: (performance.now() - began) / 1000 });
    // A whole run has its results in the store; only a broken one is gone on with.
    if (state === 'done') await parts.fs.remove(join(folder, checkpointsName)).catch(() => undefined);
    return { run, state };
  } finally {
    await journal.close();
  }
}

function started(
  { document: { settings }, name }: DocumentRequest,
  { runner }: Programs,
  document: Hash,
): RunEventBody {
  const { seed } = settings;
  return {
    type: 'run-started',
    document,
    seed,
    backend: runner.description,
    name,
    pid: process.pid,
  };
}

/** A runtime or a device that could not be used is worth a word, not a failure. */
function asWarning(found: Problem): Problem {
  return { ...found, severity: found.severity === 'info' ? 'info' : 'warning' };
}

/** Problems of the nodes that are asked for, and of the document as a whole. */
function problemsOnTheWay({ plan, problems }: Prepared): Problem[] {
  const off = new Set(plan.filter(({ state }) => state === 'off').map(({ name }) => name));
  return problems.filter(({ node }) => node === undefined || !off.has(node));
}

/** A plan whose kept results are all readable: one that turns out damaged is made again, so the plan is too. */
async function prepareWithInputs(
  parts: EngineParts,
  ask: DocumentRequest,
  { signal, runner }: { readonly signal: AbortSignal; readonly runner: Programs },
): Promise<{ readonly prepared: Prepared; readonly loaded: ReadonlyMap<string, WireValue> }> {
  for (;;) {
    const prepared = await prepare(parts, ask, { signal, runner: runner.runner.fingerprint });
    const loaded = await loadInputs(parts, prepared);
    if (loaded) return { prepared, loaded };
  }
}

/** What steps to run read from the store; undefined where something of it is damaged (and now removed). */
async function loadInputs(parts: EngineParts, prepared: Prepared): Promise<Map<string, WireValue> | undefined> {
  const needed = new Set<NodeId>();
  for (const { state, needs } of prepared.plan) if (state === 'run') for (const need of needs) needed.add(need);
  const cached = prepared.plan.filter(({ node, state }) => state === 'cached' && needed.has(node));
  const loaded = new Map<string, WireValue>();
  for (const { node } of cached) {
    for (const [key, hash] of executedWires(prepared, node)) {
      const read = await parts.store.values.read(hash, parts.hashes.locate);
      if (!read) return undefined;
      loaded.set(key, read.value);
    }
  }
  return loaded;
}

function executedWires({ inference, keys }: Prepared, id: NodeId): [string, Hash][] {
  const node = inference.graph.nodes.get(id);
  return (node?.outputs ?? []).flatMap(({ port, wire }): [string, Hash][] => {
    const hash = keys.wires.get(wire);
    return node && hash && isExecutedPort(node, port) ? [[wire, hash]] : [];
  });
}

interface JournalRequest {
  readonly prepared: Prepared;
  /** The document's. */
  readonly text: string;
  readonly onEvent: RunOptions['onEvent'];
}

async function openJournal(parts: EngineParts, ask: DocumentRequest, { prepared, text, onEvent }: JournalRequest) {
  const { runs } = parts.store.folders;
  return withDiskProblems(runs, async () => {
    const record = { document: text, source: sourceOf(ask), steps: stepsToRecord(prepared) };
    const { id: run, folder } = await createRunFolder(parts.fs, runs, record);
    const onFailure = (error: unknown) => {
      const code = isDiskError(error) ? diskProblem(error, folder).code : String(error);
      const found = problem('journal-failed', { code }, { severity: 'warning' });
      const event: RunEvent = { type: 'problem', problem: found, run, seq: 0, at: new Date().toISOString() };
      onEvent(event, JSON.stringify(event));
    };
    return { run, folder, journal: await JournalWriter.create(parts.fs, folder, { run, onFailure, onEvent }) };
  });
}

/** What the next run asks of this one; steps that do not run now keep what was known of them. */
function stepsToRecord({ plan, keys, previous }: Prepared): StepToRecord[] {
  const records: StepToRecord[] = [];
  for (const { node, name, key } of plan) {
    const parts = keys.nodes.get(node)?.text;
    if (key === undefined || parts === undefined) continue;
    const seconds = previous[node]?.seconds;
    records.push({ node, name, key, parts, ...(seconds === undefined ? {} : { seconds }) });
  }
  return records;
}
