import { ask } from '../bridge/bridge';
import { isEdited } from '../store/editor';
import { isRunning } from '../store/runs';
import { useWorkspace } from '../store/workspace';
import { allEditsKept } from './journal-edits';
import { mayClose, mayStop } from './save-documents';
import { orTell } from './tell';

let isAsking = false;

/** Somebody wants to close the window: unsaved documents one by one, then once for what runs. */
export async function windowClosing(): Promise<void> {
  if (isAsking) return;
  isAsking = true;
  try {
    if (await everythingDecided()) await leave();
  } finally {
    isAsking = false;
  }
}

async function everythingDecided(): Promise<boolean> {
  for (const tab of useWorkspace.getState().tabs) if (!(await mayClose(tab))) return false;
  return mayStop(useWorkspace.getState().tabs);
}

/** What a person did not want to keep shall not be offered for recovery. */
async function leave(): Promise<void> {
  await allEditsKept();
  const closing = useWorkspace.getState().tabs.map(({ id }) => ask('document:close', { id, keepEdits: false }));
  await Promise.allSettled(closing);
  await orTell(ask('window:close', {}));
}

/** A browser closes its page without waiting: it asks in its own words. The journal keeps the edits either way. */
export function guardPage(event: BeforeUnloadEvent): void {
  const { tabs } = useWorkspace.getState();
  const isBusy = tabs.some(({ id, editor }) => isRunning(id) || isEdited(editor.store.getState()));
  if (isBusy) event.preventDefault();
}
