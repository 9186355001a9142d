import type { AskOf } from '../../src-shared/ipc';
import type { DocumentId, OpenedDocument } from '../../src-shared/window-data';
import { ask } from '../bridge/bridge';
import { choosePath } from '../fields/choose-path';
import { translate } from '../i18n/i18n';
import { forgetRuns } from '../store/runs';
import { showBottomTab, toast } from '../store/ui';
import { watchDocument } from '../store/watch-document';
import { addTab, findTab, removeTab, type Tab, updateTab } from '../store/workspace';
import { journalEdit } from './journal-edits';
import { resumeRun } from './resume-run';
import { orTell, problemOf, tell } from './tell';

/** Documents of this window: opening, and what the host tells of them later. Saving is in `save-documents.ts`. */

const watched = new Map<DocumentId, () => void>();

export async function openPath(path: string): Promise<Tab | undefined> {
  return showWhen(ask('document:open', { path }));
}

export async function openPaths(paths: readonly string[]): Promise<void> {
  for (const path of paths) await openPath(path);
}

export async function newDocument(): Promise<Tab | undefined> {
  return showWhen(ask('document:create', {}));
}

export async function openExample(name: string): Promise<Tab | undefined> {
  return showWhen(ask('document:openExample', { name }));
}

export async function openRecovery(id: string): Promise<Tab | undefined> {
  return showWhen(ask('recovery:open', { id }));
}

/** A document that this page had open; nothing where it is gone and nothing of it was kept. */
export async function reopenDocument(had: AskOf<'document:reopen'>): Promise<Tab | undefined> {
  try {
    const tab = showDocument(await ask('document:reopen', had));
    await resumeRun(tab.id);
    return tab;
  } catch (error) {
    const found = problemOf(error);
    if (found.code !== 'recovery-missing') tell(found);
    return undefined;
  }
}

export async function chooseAndOpen(): Promise<void> {
  const path = await orTell(choosePath({ kind: 'file', title: translate('app.openTitle'), extensions: ['yard'] }));
  if (path !== undefined) await openPath(path);
}

async function showWhen(opening: Promise<OpenedDocument>): Promise<Tab | undefined> {
  const opened = await orTell(opening);
  return opened && showDocument(opened);
}

function showDocument(opened: OpenedDocument): Tab {
  const isKnown = findTab(opened.id) !== undefined;
  const tab = addTab(opened, journalEdit);
  if (isKnown) return tab;
  watched.set(tab.id, watchDocument(tab));
  const [first] = opened.problems;
  if (first) tell(first, { label: translate('app.showProblems'), run: () => showBottomTab('problems') });
  return tab;
}

/** Takes a document off the window, once everything was asked. */
export function forgetTab(id: DocumentId): void {
  watched.get(id)?.();
  watched.delete(id);
  removeTab(id);
  forgetRuns(id);
}

/** This window shall edit what another one has open. */
export async function takeOver(id: DocumentId): Promise<void> {
  const opened = await orTell(ask('document:takeOver', { id }));
  const tab = findTab(id);
  if (!opened || !tab) return;
  updateTab(id, { problems: opened.problems, readOnly: opened.readOnly });
  // Edits made while it could only be looked at stay, and so does their history.
  if (!opened.edited) tab.editor.replace(opened.document);
  if (opened.readOnly) tell(opened.readOnly);
}

/** Takes what is on the disk now; edits of this window go. */
export async function reload({ id, path }: Tab): Promise<void> {
  if (path === undefined) return;
  try {
    await ask('document:close', { id, keepEdits: false });
    forgetTab(id);
    await openPath(path);
  } catch (error) {
    tell(problemOf(error));
  }
}

/** The file on disk stays as it is until the next save, which asks. */
export function keepMine(id: DocumentId): void {
  updateTab(id, { changedOutside: undefined });
}

export function changedOutside(id: DocumentId, isMissing: boolean): void {
  updateTab(id, { changedOutside: { isMissing } });
}

export function taken(id: DocumentId, readOnly: NonNullable<Tab['readOnly']>): void {
  updateTab(id, { readOnly });
}

/** The host was started anew: it learns again what is open. Answers once all are attached. */
export async function attachAgain(tabs: readonly Tab[]): Promise<void> {
  const attached = tabs.map(async ({ id, path, name, base, editor }) => {
    const place = path === undefined ? { name, base } : { path, name, base };
    const { readOnly } = await ask('document:attach', { id, document: editor.document, ...place });
    updateTab(id, { readOnly });
  });
  const failed = (await Promise.allSettled(attached)).filter((each) => each.status === 'rejected');
  for (const { reason } of failed) tell(problemOf(reason));
  if (failed.length === 0 && tabs.length > 0) toast({ tone: 'info', text: translate('app.hostBack') });
}
