import { join } from 'node:path';
import type { Problem } from '../../src-shared/problem';
import type { RunEvent, RunEventBody } from '../../src-shared/runs/run-event';
import { finishJournal } from '../engine/journal/finish-journal';
import { storeFolders } from '../engine/store/store-folder';
import type { FsPort } from '../files/fs-port';
import { deathProblem, type EngineEnd } from './engine-process';

/** What is known of a run when its engine is gone. */
export interface DeadRun {
  readonly run: string;
  readonly end: EngineEnd;
  /** A stop was asked for, so that the end is no failure. */
  readonly cancelled: boolean;
  /** Highest `seq` that reached the host. */
  readonly seen: number;
}

/** Ends the journal of a run whose engine is gone; returns the events that nobody has seen yet. */
export async function closeDeadRun(fs: FsPort, store: string, dead: DeadRun): Promise<RunEvent[]> {
  const folder = join(storeFolders(store).runs, dead.run);
  const events = await finishJournal(fs, folder, { run: dead.run, bodies: (before) => lastWords(before, dead) });
  return events.filter(({ seq }) => seq > dead.seen);
}

function lastWords(events: readonly RunEvent[], { end, cancelled }: DeadRun): RunEventBody[] {
  if (events.some(({ type }) => type === 'run-finished')) return [];
  const started = events[0] ? Date.parse(events[0].at) : Date.now();
  const running = runningNodes(events);
  const state = cancelled ? 'cancelled' : 'failed';
  const found: Problem = deathProblem(end, [...running.keys()][0]);
  const problems: RunEventBody[] = cancelled
    ? []
    : [{ type: 'problem', ...(found.node ? { node: found.node } : {}), problem: found }];
  const steps = [...running].map(([node, at]): RunEventBody => {
    return { type: 'step-finished', node, state, seconds: (Date.now() - at) / 1000 };
  });
  return [...problems, ...steps, { type: 'run-finished', state, seconds: (Date.now() - started) / 1000 }];
}

/** Nodes that had begun and not ended, with when they began. */
function runningNodes(events: readonly RunEvent[]): Map<string, number> {
  const running = new Map<string, number>();
  for (const event of events) {
    if (event.type === 'step-started') running.set(event.node, Date.parse(event.at));
    if (event.type === 'step-finished') running.delete(event.node);
  }
  return running;
}
