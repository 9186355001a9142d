import { ask } from '../bridge/bridge';
import { translate } from '../i18n/i18n';
import { isEdited } from '../store/editor';
import { activeTab, useWorkspace } from '../store/workspace';

let shown = '';
let stopFollowing: () => void = () => undefined;

/** Keeps the window's own title up to date: what is open, and whether it has unsaved edits. */
export function followTitle(): void {
  useWorkspace.subscribe(({ active }, before) => {
    if (active !== before.active) followEditor();
    show();
  });
  show();
}

function followEditor(): void {
  stopFollowing();
  stopFollowing = activeTab()?.editor.store.subscribe(show) ?? (() => undefined);
}

function show(): void {
  const tab = activeTab();
  const isChanged = tab !== undefined && isEdited(tab.editor.store.getState());
  const title = tab ? `${tab.name} — ${translate('app.name')}` : translate('app.name');
  const now = `${isChanged ? '• ' : ''}${title}`;
  if (now === shown) return;
  shown = now;
  document.title = now;
  void ask('window:title', { title, isEdited: isChanged }).catch(() => undefined);
}
