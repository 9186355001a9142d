import { create } from 'zustand';
import type { YardDocument } from '../../src-shared/document/document';
import type { Problem } from '../../src-shared/problem';
import { mergeEvents } from '../../src-shared/runs/merge-events';
import type { RunEvent } from '../../src-shared/runs/run-event';
import { foldEvents, noRun, type RunState } from '../../src-shared/runs/run-state';
import type { DocumentId, RunEnd, Ticket } from '../../src-shared/window-data';

/** What this window knows of the runs of a document: never edited, only folded. */
export interface DocumentRun {
  readonly phase: 'idle' | 'starting' | 'queued' | 'running' | 'stopping';
  readonly ticket?: Ticket;
  /** The newest run, or the one that is looked at. */
  readonly run: RunState;
  /** The document as it was when the run began. */
  readonly document?: YardDocument;
  /** Why the newest run did not begin. */
  readonly refused: readonly Problem[];
}

const idle: DocumentRun = { phase: 'idle', run: noRun, refused: [] };

export const useRuns = create<Readonly<Record<DocumentId, DocumentRun>>>(() => ({}));

export function runOf(id: DocumentId | undefined): DocumentRun {
  return (id !== undefined && useRuns.getState()[id]) || idle;
}

export function useRun(id: DocumentId | undefined): DocumentRun {
  return useRuns((runs) => (id !== undefined && runs[id]) || idle);
}

export function isRunning(id: DocumentId): boolean {
  return runOf(id).phase !== 'idle';
}

export function runStarting(id: DocumentId, document: YardDocument): void {
  update(id, { ...idle, phase: 'starting', run: runOf(id).run, document });
}

export function runStarted(id: DocumentId, ticket: Ticket): void {
  const { phase, ...rest } = runOf(id);
  update(id, { ...rest, ticket, phase: phase === 'starting' ? 'running' : phase });
}

export function runQueued(id: DocumentId): void {
  update(id, { ...runOf(id), phase: 'queued' });
}

export function runStopping(id: DocumentId): void {
  update(id, { ...runOf(id), phase: 'stopping' });
}

/** Events that came before the page knew the run that they belong to. */
const early = new Map<DocumentId, RunEvent[]>();

/** The run that was under way before the page was loaded again; what came meanwhile follows on what is read. */
export function runResumed(
  id: DocumentId,
  { ticket, document, events }: { ticket: Ticket; document: YardDocument; events: readonly RunEvent[] },
): void {
  const last = events.reduce((highest, { seq }) => Math.max(highest, seq), -1);
  const later = (early.get(id) ?? []).filter(({ seq }) => seq > last);
  const run = foldEvents(noRun, mergeEvents([...events, ...later]));
  update(id, { ...idle, phase: 'running', ticket, document, run });
}

export function runEvents(id: DocumentId, events: readonly RunEvent[]): void {
  const before = runOf(id);
  // The first ones of a run that this page did not start itself.
  if (before.document === undefined) early.set(id, [...(early.get(id) ?? []), ...events]);
  else early.delete(id);
  const phase = before.phase === 'stopping' ? 'stopping' : 'running';
  update(id, { ...before, phase, run: foldEvents(before.run, mergeEvents(events)) });
}

export function runEnded(id: DocumentId, end: RunEnd | undefined, found: Problem | undefined): void {
  const { ticket, ...before } = runOf(id);
  const refused = [...(end?.state === 'refused' ? end.problems : []), ...(found ? [found] : [])];
  update(id, { ...before, phase: 'idle', refused });
}

/** Shows a run of the history. */
export function showRun(id: DocumentId, events: readonly RunEvent[], document?: YardDocument): void {
  update(id, { ...idle, run: foldEvents(noRun, events), ...(document ? { document } : {}) });
}

export function forgetRuns(id: DocumentId): void {
  useRuns.setState((state) => Object.fromEntries(Object.entries(state).filter(([key]) => key !== id)), true);
}

function update(id: DocumentId, run: DocumentRun): void {
  useRuns.setState({ [id]: run });
}
