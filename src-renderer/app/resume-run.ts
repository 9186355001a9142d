import type { DocumentId } from '../../src-shared/window-data';
import { ask } from '../bridge/bridge';
import { runResumed } from '../store/runs';

/** Shows the run of a document that is under way, from its beginning, where this page was loaded again meanwhile. */
export async function resumeRun(id: DocumentId): Promise<void> {
  const { current } = await ask('run:current', { id });
  if (!current) return;
  const { ticket, document, run } = current;
  const { events } = run === undefined ? { events: [] } : await ask('run:read', { run });
  runResumed(id, { ticket, document, events });
}
