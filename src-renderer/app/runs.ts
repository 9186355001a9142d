import type { Events } from '../../src-shared/ipc';
import { formatSeconds } from '../../src-shared/number-text';
import type { DocumentId } from '../../src-shared/window-data';
import { ask } from '../bridge/bridge';
import { translate } from '../i18n/i18n';
import { isRunning, runEnded, runOf, runStarted, runStarting, runStopping } from '../store/runs';
import { showBottomTab } from '../store/ui';
import { plan } from '../store/watch-document';
import { findTab, type Tab } from '../store/workspace';
import { askingForSecrets } from './secret-question';
import { orTell, problemOf, tell } from './tell';

/** A run that took less needs no word once it ends. */
const longSeconds = 30;

interface RunOptions {
  /** Name of the node to run to. */
  readonly to?: string;
  readonly noCache?: boolean;
}

export async function startRun({ id, name, editor }: Tab, options: RunOptions): Promise<void> {
  if (isRunning(id)) return;
  editor.commit();
  const { document } = editor;
  runStarting(id, document);
  try {
    const { ticket } = await askingForSecrets(name, () => ask('run:start', { id, document, ...options }));
    runStarted(id, ticket);
  } catch (error) {
    const found = problemOf(error);
    runEnded(id, undefined, found);
    tell(found);
  }
}

/** Says “Stopping …” at once; the engine stops at the next step. */
export async function stopRun(id: DocumentId): Promise<void> {
  const { ticket } = runOf(id);
  if (ticket === undefined) return;
  runStopping(id);
  await orTell(ask('run:cancel', { ticket }));
}

/** What changes in the window when a run ends: the panels, the plan, a word to somebody who went away. */
export function onRunEnded({ id, end, problem }: Events['run:ended']): void {
  runEnded(id, end, problem);
  const [first] = runOf(id).refused;
  if (first) {
    tell(first, { label: translate('app.showProblems'), run: () => showBottomTab('problems') });
    showBottomTab('problems');
  }
  const tab = findTab(id);
  if (!tab) return;
  void plan(id, tab.editor.document);
  if (end && end.state !== 'refused') notify(tab, end.state);
}

function notify({ id, name }: Tab, state: 'done' | 'failed' | 'cancelled'): void {
  const { seconds = 0 } = runOf(id).run;
  if (state === 'cancelled' || seconds < longSeconds || document.hasFocus()) return;
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  const words = state === 'done' ? 'app.runDone' : 'app.runFailed';
  new Notification(translate(words, { name }), { body: translate('app.runTook', { time: formatSeconds(seconds) }) });
}

/** After the host was started anew: what was under way there is no more. */
export function runsLost(tabs: readonly Tab[]): void {
  for (const { id } of tabs) if (isRunning(id)) runEnded(id, undefined, undefined);
}
