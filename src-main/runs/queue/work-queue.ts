import { setTimeout as wait } from 'node:timers/promises';
import type { NodeLookup } from '../../../src-shared/nodes/catalog';
import { type Problem, ProblemError } from '../../../src-shared/problem';
import type { RunOutcome, RunRequest } from '../../engine/messages';
import type { OnEvents } from '../engine-run';
import type { RunHandle, RunService } from '../run-service';
import type { QueueEntry } from './queue-state';
import type { RunQueue } from './run-queue';

/** How often the file is looked at while another process works, or somebody may want a run to stop. */
const lookEveryMs = 1_000;

export interface QueueWork {
  readonly queue: RunQueue;
  readonly runs: Pick<RunService, 'start'>;
  readonly lookup: NodeLookup;
  /** Ends the work: the run under way is stopped and goes back into its place. */
  readonly signal: AbortSignal;
  readonly everyEvent?: boolean;
  readonly secrets?: (ask: RunRequest) => Promise<RunRequest['secrets']>;
  readonly onStarted: (entry: QueueEntry) => void;
  readonly onEvents: OnEvents;
  readonly onEnded: (entry: QueueEntry, end: EntryEnd) => void;
}

export interface EntryEnd {
  readonly state: 'done' | 'failed' | 'cancelled' | 'released';
  readonly run?: string;
  readonly problems?: Problem[];
}

/** Runs what waits, one after another, until nothing waits. While another process works it stands by. */
export async function workQueue(work: QueueWork): Promise<void> {
  const { queue, signal } = work;
  while (!signal.aborted) {
    const taken = await queue.take();
    if (taken === 'empty') return;
    if (taken === 'busy') await wait(lookEveryMs, undefined, { signal }).catch(() => undefined);
    else await runEntry(work, taken);
  }
}

async function runEntry(work: QueueWork, entry: QueueEntry): Promise<void> {
  const { queue, onStarted, onEnded } = work;
  onStarted(entry);
  const end = await endOf(work, entry);
  const { state, ...rest } = end;
  await queue.end(entry.id, state === 'released' ? 'released' : { state, ...rest });
  onEnded(entry, end);
}

async function endOf(work: QueueWork, entry: QueueEntry): Promise<EntryEnd> {
  try {
    const ask: RunRequest = await work.queue.askOf(entry, work.lookup);
    const secrets = await work.secrets?.(ask);
    const handle = work.runs.start({ ...ask, ...(secrets ? { secrets } : {}) }, work.onEvents, {
      everyEvent: work.everyEvent ?? false,
    });
    return await toEnd(work, entry, handle);
  } catch (error) {
    if (error instanceof ProblemError) return { state: 'failed', problems: [error.problem] };
    throw error;
  }
}

async function toEnd({ queue, signal }: QueueWork, { id }: QueueEntry, handle: RunHandle): Promise<EntryEnd> {
  const stop = () => handle.cancel();
  signal.addEventListener('abort', stop, { once: true });
  let isLooking = false;
  const look = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    const { entries } = await queue.list().catch(() => ({ entries: [] }));
    if (entries.find((entry) => entry.id === id)?.isStopping) handle.cancel();
    isLooking = false;
  }, lookEveryMs);
  try {
    const outcome = await handle.outcome;
    return signal.aborted && outcome.state === 'cancelled' ? { state: 'released' } : endFrom(outcome);
  } finally {
    clearInterval(look);
    signal.removeEventListener('abort', stop);
  }
}

function endFrom(outcome: RunOutcome): EntryEnd {
  if (outcome.state === 'refused') return { state: 'failed', problems: [...outcome.problems] };
  return { state: outcome.state, ...(outcome.run ? { run: outcome.run } : {}) };
}
