import type { Problem } from '../../src-shared/problem';
import { explainProblem } from '../../src-shared/problems/sentences';
import type { SavedDocument } from '../../src-shared/window-data';
import { ask } from '../bridge/bridge';
import { choosePath } from '../fields/choose-path';
import { currentLanguage, translate } from '../i18n/i18n';
import { isEdited, savePoint } from '../store/editor';
import { askPerson } from '../store/question';
import { isRunning } from '../store/runs';
import { toast } from '../store/ui';
import { activate, findTab, type Tab, tabSaved } from '../store/workspace';
import { forgetTab } from './documents';
import { stopRun } from './runs';
import { orTell, problemOf } from './tell';

/** Saving and closing: afterwards the file holds what the window shows, or the person knows why not. */

/** Where it lies; a document without a place, or that may not be written there, asks for one. True once it is saved. */
export async function save(tab: Tab): Promise<boolean> {
  tab.editor.commit();
  if (tab.path === undefined || tab.readOnly) return saveAs(tab);
  return write(tab, {});
}

export async function saveAs(tab: Tab): Promise<boolean> {
  tab.editor.commit();
  const path = await choosePlace(tab);
  return path === undefined ? false : write(tab, { path });
}

async function choosePlace({ name, path, base }: Tab): Promise<string | undefined> {
  const chosen = await orTell(
    choosePath({
      kind: 'save',
      title: translate('app.saveTitle'),
      name: name.endsWith('.yard') ? name : `${name}.yard`,
      extensions: ['yard'],
      // A document that was never saved lies in a folder of the app's own, which is no place to keep it.
      ...(path === undefined ? {} : { folder: base }),
    }),
  );
  return chosen === undefined || /\.yard$/i.test(chosen) ? chosen : `${chosen}.yard`;
}

interface Target {
  readonly path?: string;
  readonly replace?: boolean;
}

async function write(tab: Tab, target: Target): Promise<boolean> {
  const { id, editor } = tab;
  const point = savePoint(editor.store.getState());
  try {
    const saved = await ask('document:save', { id, document: editor.document, ...target });
    accept(tab, saved, point);
    return true;
  } catch (error) {
    return mend(tab, target, problemOf(error));
  }
}

function accept(tab: Tab, saved: SavedDocument, point: ReturnType<typeof savePoint>): void {
  tabSaved(tab.id, saved, point);
  toast({ tone: 'info', text: translate('app.saved', { name: saved.name }) });
}

/** What can be decided is asked; the rest is told. The document stays as it is, edited and in the journal. */
async function mend(tab: Tab, target: Target, found: Problem): Promise<boolean> {
  const { text, fix } = explainProblem(found, currentLanguage());
  const isThere = found.code === 'file-changed-outside' || found.code === 'file-exists';
  const copy = { id: 'copy', label: translate('app.saveCopy') };
  const choice = await askPerson({
    title: translate('app.notSaved', { name: tab.name }),
    text: fix === undefined ? text : `${text} ${fix}`,
    choices: isThere
      ? [copy, { id: 'replace', label: translate('app.replace'), tone: 'danger' }]
      : [copy, { id: 'again', label: translate('app.tryAgain'), tone: 'primary' }],
  });
  if (choice === 'replace') return write(tab, { ...target, replace: true });
  if (choice === 'again') return write(tab, target);
  return choice === 'copy' ? saveAs(tab) : false;
}

/** Closes a document; asks first where it has something that its file lacks. False where it stays. */
export async function closeTab(tab: Tab): Promise<boolean> {
  if (!(await mayClose(tab)) || !(await mayStop([tab]))) return false;
  await stopRun(tab.id);
  await orTell(ask('document:close', { id: tab.id, keepEdits: false }));
  forgetTab(tab.id);
  return true;
}

/** Closing ends what runs; that is asked once. */
export async function mayStop(tabs: readonly Tab[]): Promise<boolean> {
  const running = tabs.filter(({ id }) => isRunning(id));
  if (running.length === 0) return true;
  const choice = await askPerson({
    title: translate('app.closeRunTitle'),
    text: translate('app.closeRunText', { names: running.map(({ name }) => name).join(', ') }),
    choices: [{ id: 'close', label: translate('app.closeRun'), tone: 'danger' }],
  });
  return choice === 'close';
}

/** Save, don't save, cancel. */
export async function mayClose({ id }: Tab): Promise<boolean> {
  const tab = findTab(id);
  tab?.editor.commit();
  if (!tab || !isEdited(tab.editor.store.getState())) return true;
  activate(id);
  const choice = await askPerson({
    title: translate('app.closeTitle', { name: tab.name }),
    text: translate('app.closeText'),
    choices: [
      { id: 'drop', label: translate('app.dontSave'), tone: 'danger' },
      { id: 'save', label: translate('app.save'), tone: 'primary' },
    ],
  });
  if (choice === 'save') return save(tab);
  return choice === 'drop';
}
