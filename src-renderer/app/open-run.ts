import type { DocumentId } from '../../src-shared/window-data';
import { ask } from '../bridge/bridge';
import { isRunning, showRun } from '../store/runs';
import { showBottomTab } from '../store/ui';
import { orTell } from './tell';

/** Shows a run of the history as it was, on the canvas and in the panels; not while one is under way. */
export async function openRun(id: DocumentId, run: string): Promise<void> {
  const read = await orTell(Promise.all([ask('run:read', { run }), ask('run:document', { run })]));
  if (!read || isRunning(id)) return;
  const [{ events }, document] = read;
  showRun(id, events, document);
  showBottomTab('metrics');
}
