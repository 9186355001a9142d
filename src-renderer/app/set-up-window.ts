import { ask, listen } from '../bridge/bridge';
import { listenToClipboard } from '../commands/clipboard';
import { listenToKeys } from '../commands/keyboard';
import { runCommand } from '../commands/run-command';
import { setLanguage, setUpI18n } from '../i18n/i18n';
import { useNetwork } from '../store/network';
import { runEvents, runQueued } from '../store/runs';
import { applySettings, useSettings } from '../store/settings';
import { useWorkspace } from '../store/workspace';
import { guardPage, windowClosing } from './closing';
import { attachAgain, changedOutside, openPaths, taken } from './documents';
import { reopenDocuments } from './reopen-documents';
import { onRunEnded, runsLost } from './runs';
import { followTitle } from './window-title';

/** Everything between the connection and the first picture. */
export async function setUpWindow(): Promise<void> {
  const info = await ask('app:info', {});
  useSettings.setState(info);
  await setUpI18n('en');
  applySettings(info.settings, setLanguage);
  listenToSettings();
  listenToRuns();
  listenToDocuments();
  listenToWindow();
  listenToKeys();
  listenToClipboard();
  followTitle();
  await reopenDocuments();
}

function listenToSettings(): void {
  listen('settings:changed', (settings) => applySettings(settings, setLanguage));
}

function listenToRuns(): void {
  listen('run:events', ({ id, events }) => runEvents(id, events));
  listen('run:queued', ({ id }) => runQueued(id));
  listen('run:ended', onRunEnded);
}

function listenToDocuments(): void {
  listen('document:taken', ({ id, readOnly }) => taken(id, readOnly));
  listen('document:changedOutside', ({ id, isMissing }) => changedOutside(id, isMissing));
  listen('app:open', ({ paths }) => void openPaths(paths));
  listen('host:restarted', () => {
    const { tabs } = useWorkspace.getState();
    runsLost(tabs);
    void attachAgain(tabs);
  });
}

function listenToWindow(): void {
  listen('network:changed', ({ talks }) => useNetwork.setState({ talks }));
  listen('app:command', ({ command }) => runCommand(command));
  listen('window:closing', () => void windowClosing());
  // The desktop asks by itself before it closes a window.
  if (useSettings.getState().host === 'web') window.addEventListener('beforeunload', guardPage);
  window.addEventListener('blur', () => settleGestures());
}

/** What was being dragged when the window went to the back is one step, and in the journal. */
function settleGestures(): void {
  for (const { editor } of useWorkspace.getState().tabs) editor.commit();
}
