import { join } from 'node:path';
import type { RunSummary } from '../../src-shared/preview';
import { factsOf } from '../../src-shared/runs/output-facts';
import type { RunEvent } from '../../src-shared/runs/run-event';
import { readJournal } from '../engine/journal/read-journal';
import { findRunFolder } from '../engine/journal/run-document';
import { runsOf } from '../engine/journal/run-folder';
import type { FsPort } from '../files/fs-port';
import { isProcessAlive } from '../files/process-alive';
import { thinEvents } from './thin-events';

/** Runs that a history shows at most. */
const shown = 100;

/** The runs of the document at a place, newest first. One that was cut short counts as failed. */
export async function readRunHistory(
  fs: FsPort,
  runsFolder: string,
  { base, name }: { readonly base: string; readonly name: string },
): Promise<RunSummary[]> {
  const runs = await runsOf(fs, runsFolder, { source: join(base, name), limit: shown });
  const summaries = await Promise.all(
    runs.map(async ({ id }) => summarize(id, await readJournal(fs, join(runsFolder, id), isHeadline))),
  );
  // Names of runs only tell seconds apart.
  return summaries.flatMap((summary) => summary ?? []).sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}

/**
 * What happened in a run, for showing it again: few enough events to send.
 * @throws ProblemError `run-not-found`
 */
export async function readRunEvents(fs: FsPort, runsFolder: string, run: string): Promise<RunEvent[]> {
  return thinEvents(await readJournal(fs, await findRunFolder(fs, runsFolder, run)));
}

const headlines = ['run-started', 'report', 'run-finished'].map((type) => `{"type":"${type}"`);

/** A journal may have a hundred thousand lines, and a history a hundred journals. */
function isHeadline(line: string): boolean {
  return headlines.some((start) => line.startsWith(start));
}

function summarize(run: string, events: readonly RunEvent[]): RunSummary | undefined {
  const [started] = events;
  if (started?.type !== 'run-started') return undefined;
  const { name, at, seed, backend, document, pid } = started;
  const finished = events.findLast((event) => event.type === 'run-finished');
  const isRunning = pid !== undefined && isProcessAlive(pid);
  return {
    run,
    name,
    startedAt: at,
    state: finished?.state ?? (isRunning ? 'running' : 'failed'),
    ...(finished ? { seconds: finished.seconds } : {}),
    seed,
    backend,
    document,
    metrics: Object.fromEntries(events.flatMap(metricsOf)),
  };
}

function metricsOf(event: RunEvent): [string, number][] {
  if (event.type !== 'report') return [];
  const { metrics = {} } = factsOf('report', event.report);
  return Object.entries(metrics).map(([name, value]) => [`${event.node}.${name}`, value]);
}
