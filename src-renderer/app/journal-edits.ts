import type { Patch } from 'immer';
import type { DocumentId } from '../../src-shared/window-data';
import { ask } from '../bridge/bridge';
import { findTab } from '../store/workspace';
import { problemOf, tell } from './tell';

/** Documents whose edits are not being kept, until one is again: the person is told once. */
const unkept = new Set<DocumentId>();
/** Edits on their way to the disk. */
const underWay = new Set<Promise<void>>();

/** Every change goes to the host's journal, in order; after a crash it is offered there. */
export function journalEdit(id: DocumentId, label: string, patches: readonly Patch[]): void {
  const work = keep(id, label, patches).finally(() => underWay.delete(work));
  underWay.add(work);
}

/** Resolves once all edits are on the disk, or their failure was told. */
export async function allEditsKept(): Promise<void> {
  await Promise.all(underWay);
}

async function keep(id: DocumentId, label: string, patches: readonly Patch[]): Promise<void> {
  try {
    await ask('document:edit', { id, label, patches });
    unkept.delete(id);
  } catch (error) {
    await retell(id, error);
  }
}

/** The host may have lost the thread, when it was restarted say: the whole document sets it right. */
async function retell(id: DocumentId, error: unknown): Promise<void> {
  const found = problemOf(error);
  const tab = findTab(id);
  if (!tab) return;
  if (found.code === 'edit-out-of-step' || found.code === 'document-not-open') {
    const { path, name, base, editor } = tab;
    const place = path === undefined ? { name, base } : { path, name, base };
    const again = ask('document:attach', { id, document: editor.document, ...place });
    if (await again.then(Boolean, () => false)) return;
  }
  if (unkept.has(id)) return;
  unkept.add(id);
  tell(found);
}
