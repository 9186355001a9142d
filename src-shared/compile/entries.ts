import type { Entry, Step, StepId, StepProgram, Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';
import type { TensorType } from '../ops/tensor';
import { assign } from './effects';
import { dropDeadSteps, reachableSteps } from './passes/dead-steps';
import { shareSteps } from './passes/share-steps';

/** An entry whose feeds are yet to be found. */
export interface EntryDraft {
  readonly fetches?: Readonly<Record<string, Value>>;
  readonly targets?: readonly StepId[];
}

/** Reads every state, by id. */
export function snapshotEntry(b: ProgramBuilder): EntryDraft {
  return { fetches: Object.fromEntries(b.state.map(({ id }) => [id, b.read(id)])) };
}

/** Sets every state from a feed of its id. */
export function restoreEntry(b: ProgramBuilder): EntryDraft {
  return { targets: b.state.map(({ id, type }) => assign(b, id, b.feed(id, type))) };
}

/** Makes a step program: each entry with exactly the feeds it needs, nothing computed twice, no dead steps. */
export function finishEntries(b: ProgramBuilder, drafts: Readonly<Record<string, EntryDraft>>): StepProgram {
  const entries = Object.fromEntries(Object.entries(drafts).map(([name, draft]) => [name, finishEntry(b, draft)]));
  const program = b.build({});
  const step: StepProgram = { state: program.state, steps: program.steps, entries, functions: program.functions };
  return dropDeadSteps(shareSteps(step, b.lookup));
}

function finishEntry(b: ProgramBuilder, { fetches = {}, targets = [] }: EntryDraft): Entry {
  const roots = [...Object.values(fetches).map(({ step }) => step), ...targets];
  const needed = reachableSteps(b.steps, roots);
  const feeds = b.steps.filter((step) => step.op === 'feed' && needed.has(step.id));
  return {
    feeds: Object.fromEntries(feeds.map((step) => [String(step.attrs.name), feedType(b, step)])),
    fetches: Object.fromEntries(Object.entries(fetches).map(([name, { step, output }]) => [name, { step, output }])),
    targets,
  };
}

function feedType(b: ProgramBuilder, { id }: Step): TensorType {
  return b.typeOf({ step: id, output: 'y' });
}
