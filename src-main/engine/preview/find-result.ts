import { join } from 'node:path';
import type { NodeId } from '../../../src-shared/document/document';
import { wireKey } from '../../../src-shared/document/wires';
import type { Hash } from '../../../src-shared/hash';
import { computeKeys } from '../../../src-shared/plan/keys';
import { fail } from '../../../src-shared/problem';
import type { TypedValue } from '../../../src-shared/runs/values';
import type { EngineParts } from '../engine-parts';
import { readJournal } from '../journal/read-journal';
import { type PastRun, runsOf } from '../journal/run-folder';
import type { DocumentRequest } from '../messages';
import { sourceOf } from '../prepare-run';
import { inspectUpstream } from './inspect-upstream';

export interface Place extends DocumentRequest {
  readonly node: NodeId;
  readonly port: string;
}

export interface FoundResult {
  readonly result: TypedValue;
  /** The run that made it, where the document has changed since; absent where a run would give the same now. */
  readonly run?: string;
}

/** How many runs of a document are looked through for a result. */
const searched = 20;

/**
 * The value at a port that only a run makes: what the document as it is now would give, where the store has it, else
 * what the newest of its runs gave.
 * @throws ProblemError `preview-needs-run`, `preview-not-kept`
 */
export async function findResult(parts: EngineParts, place: Place, signal: AbortSignal): Promise<FoundResult> {
  const { fs, store } = parts;
  const runs = await runsOf(fs, store.folders.runs, { source: sourceOf(place), limit: searched });
  const present = await presentHash(parts, place, { signal, runs });
  const value = present && (await readValue(parts, present));
  if (value) return { result: value };
  let wasMade = false;
  for (const run of runs) {
    signal.throwIfAborted();
    const hash = await hashInRun(parts, place, run);
    const found = hash && (await readValue(parts, hash));
    if (found) return hash === present ? { result: found } : { result: found, run: run.id };
    wasMade ||= hash !== undefined;
  }
  const name = place.document.nodes[place.node]?.name ?? place.node;
  const more = { severity: 'info', node: name } as const;
  return wasMade ? fail('preview-not-kept', { name }, more) : fail('preview-needs-run', { name }, more);
}

async function readValue({ store, hashes }: EngineParts, hash: Hash): Promise<TypedValue | undefined> {
  return store.values.read(hash, hashes.locate);
}

/** What the value would be called now, with the runtime of the newest run: looking loads none. */
async function presentHash(
  parts: EngineParts,
  place: Place,
  { signal, runs }: { readonly signal: AbortSignal; readonly runs: readonly PastRun[] },
): Promise<Hash | undefined> {
  const known = runs.flatMap(({ steps }) => Object.values(steps)).find((step) => step.parts.runner !== undefined);
  const runner = known?.parts.runner ?? '';
  const { inference, contents } = await inspectUpstream(parts, place, { signal, isWhole: true });
  return computeKeys(place.document, { inference, runner, fileHash: (path) => contents[path] }).wires.get(
    wireKey(place),
  );
}

/** Events name nodes as they were called then. */
async function hashInRun({ fs, store }: EngineParts, { node, port }: Place, run: PastRun): Promise<Hash | undefined> {
  const name = run.steps[node]?.name;
  if (name === undefined) return undefined;
  const events = await readJournal(fs, join(store.folders.runs, run.id));
  for (const event of events.reverse()) {
    const hash = event.type === 'step-finished' && event.node === name ? event.outputs?.[port]?.hash : undefined;
    if (hash) return hash;
  }
  return undefined;
}
