import { create } from 'zustand';
import type { YardDocument } from '../../src-shared/document/document';
import type { Problem } from '../../src-shared/problem';
import type { DocumentId, OpenedDocument, SavedDocument } from '../../src-shared/window-data';
import { Editor, type HistoryEntry, type SavePoint } from './editor';

/** A document that is open in this window. */
export interface Tab {
  readonly id: DocumentId;
  readonly path?: string;
  readonly name: string;
  /** Folder that file paths in the document are relative to. */
  readonly base: string;
  /** What was found while reading it. */
  readonly problems: readonly Problem[];
  /** It cannot be saved in place: why. */
  readonly readOnly?: Problem | undefined;
  /** The file on disk is another than the one that was read. */
  readonly changedOutside?: { readonly isMissing: boolean } | undefined;
  readonly editor: Editor;
}

export interface Workspace {
  readonly tabs: readonly Tab[];
  readonly active: DocumentId | undefined;
}

export const useWorkspace = create<Workspace>(() => ({ tabs: [], active: undefined }));

type OnPatches = (id: DocumentId, label: string, patches: HistoryEntry['patches']) => void;

/** Shows a document that the host has opened; one that is open already comes to the front. */
export function addTab(opened: OpenedDocument, onPatches: OnPatches): Tab {
  const present = findTab(opened.id);
  if (present) {
    activate(present.id);
    return present;
  }
  const { document, edited, ...rest } = opened;
  const editor = new Editor(document, {
    isEdited: edited === true,
    onPatches: (label, patches) => onPatches(opened.id, label, patches),
  });
  const tab: Tab = { ...rest, editor };
  useWorkspace.setState(({ tabs }) => ({ tabs: [...tabs, tab], active: tab.id }));
  return tab;
}

export function activate(id: DocumentId): void {
  useWorkspace.setState({ active: id });
}

/** Takes a document off the window; its neighbour comes to the front. */
export function removeTab(id: DocumentId): void {
  useWorkspace.setState(({ tabs, active }) => {
    const at = tabs.findIndex((tab) => tab.id === id);
    const left = tabs.filter((tab) => tab.id !== id);
    const next = active === id ? left[Math.min(at, left.length - 1)]?.id : active;
    return { tabs: left, active: next };
  });
}

export function updateTab(id: DocumentId, change: Partial<Omit<Tab, 'id' | 'editor'>>): void {
  useWorkspace.setState(({ tabs }) => ({ tabs: tabs.map((tab) => (tab.id === id ? { ...tab, ...change } : tab)) }));
}

/** The host has saved what the document was at `point`. */
export function tabSaved(id: DocumentId, saved: SavedDocument, point: SavePoint): void {
  const { path, name, base, document } = saved;
  const tab = findTab(id);
  if (!tab) return;
  useWorkspace.setState(({ tabs }) => ({
    tabs: tabs.map((each) => {
      if (each.id !== id) return each;
      const { readOnly, changedOutside, ...rest } = each;
      return { ...rest, path, name, base };
    }),
  }));
  if (document) rebase(tab.editor, document);
  else tab.editor.markSaved(point);
}

/** Paths were rewritten for the new place: an edit like any other, and the file has it already. */
function rebase(editor: Editor, document: YardDocument): void {
  editor.edit('file.rebase', () => document);
  const { past } = editor.store.getState();
  editor.markSaved(past.at(-1) ?? 'start');
}

export function findTab(id: DocumentId | undefined): Tab | undefined {
  return useWorkspace.getState().tabs.find((tab) => tab.id === id);
}

export function activeTab(): Tab | undefined {
  return findTab(useWorkspace.getState().active);
}

/** The tab in front, for components. */
export function useActiveTab(): Tab | undefined {
  return useWorkspace(({ tabs, active }) => tabs.find((tab) => tab.id === active));
}
