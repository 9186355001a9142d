import { ask } from '../bridge/bridge';
import { translate } from '../i18n/i18n';
import { isEdited } from '../store/editor';
import { askPerson } from '../store/question';
import { isRunning } from '../store/runs';
import { useWorkspace } from '../store/workspace';
import { allEditsKept } from './journal-edits';
import { mayClose } from './save-documents';
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
  const running = useWorkspace.getState().tabs.filter(({ id }) => isRunning(id));
  if (running.length === 0) return true;
  const choice = await askPerson({
    title: translate('app.closeRunTitle'),
    text: translate('app.closeRunText', { names: running.map(({ name }) => name).join(', ') }),
    choices: [{ id: 'close', label: translate('app.closeRun'), tone: 'danger' }],
  });
  return choice === 'close';
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
