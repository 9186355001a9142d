import type { YardDocument } from '../../../src-shared/document/document';
import type { RunEvent } from '../../../src-shared/runs/run-event';
import { foldEvents, noRun, type RunState } from '../../../src-shared/runs/run-state';
import type { DocumentId } from '../../../src-shared/window-data';
import { orTell } from '../../app/tell';
import { ask } from '../../bridge/bridge';
import { showRun } from '../../store/runs';
import { showBottomTab } from '../../store/ui';

export interface KeptRun {
  readonly state: RunState;
  readonly events: readonly RunEvent[];
  /** Absent where it is no longer kept. */
  readonly document?: YardDocument;
}

/** A run of the history, with the document as it was. */
export async function readRun(run: string): Promise<KeptRun> {
  const [{ events }, document] = await Promise.all([
    ask('run:read', { run }),
    ask('run:document', { run }).catch(() => undefined),
  ]);
  return { events, state: foldEvents(noRun, events), ...(document ? { document } : {}) };
}

/** Shows a run of the history everywhere that the newest one was shown. */
export async function openRun(id: DocumentId, run: string): Promise<void> {
  const kept = await orTell(readRun(run));
  if (!kept) return;
  showRun(id, kept.events, kept.document);
  showBottomTab('metrics');
}
