import { create } from 'zustand';
import type { EdgeId, NodeId } from '../../src-shared/document/document';
import type { DocumentId } from '../../src-shared/window-data';

export interface Selection {
  readonly nodes: readonly NodeId[];
  readonly edges: readonly EdgeId[];
  readonly notes: readonly string[];
}
export const nothing: Selection = { nodes: [], edges: [], notes: [] };

export type BottomTab = 'preview' | 'metrics' | 'runs' | 'problems' | 'log';

/** Something to say that passes: a refusal with its reason, a thing done. */
export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'error';
  readonly text: string;
  readonly fix?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** How the window looks now: neither saved with a document nor undone. */
export interface Ui {
  readonly selection: Readonly<Record<DocumentId, Selection>>;
  readonly libraryTab: 'add' | 'outline';
  readonly bottomTab: BottomTab;
  readonly isLibraryOpen: boolean;
  readonly isInspectorOpen: boolean;
  readonly isBottomOpen: boolean;
  readonly bottomHeight: number;
  /** Only the canvas. */
  readonly isFocused: boolean;
  /** The output that the preview shows. */
  readonly preview?: { readonly node: NodeId; readonly port: string };
  /** A dialog that is open, by name (`palette`, `settings`, `deploy`, `help` …). */
  readonly dialog: string | undefined;
  readonly toasts: readonly Toast[];
}

export const useUi = create<Ui>(() => ({
  selection: {},
  libraryTab: 'add',
  bottomTab: 'preview',
  isLibraryOpen: true,
  isInspectorOpen: true,
  isBottomOpen: true,
  bottomHeight: 212,
  isFocused: false,
  dialog: undefined,
  toasts: [],
}));

export function selectionOf(id: DocumentId | undefined): Selection {
  return (id !== undefined && useUi.getState().selection[id]) || nothing;
}

export function useSelection(id: DocumentId | undefined): Selection {
  return useUi(({ selection }) => (id !== undefined && selection[id]) || nothing);
}

export function select(id: DocumentId, change: Partial<Selection>): void {
  useUi.setState(({ selection }) => ({ selection: { ...selection, [id]: { ...nothing, ...change } } }));
}

/** Whoever opens a dialog has read what was said before; it would only lie over it. */
export function openDialog(dialog: string | undefined): void {
  useUi.setState(dialog === undefined ? { dialog } : { dialog, toasts: [] });
}

export function showBottomTab(bottomTab: BottomTab): void {
  useUi.setState({ bottomTab, isBottomOpen: true });
}

let nextToast = 1;

export function toast(said: Omit<Toast, 'id'>): void {
  const id = nextToast++;
  // The same sentence twice is one sentence.
  useUi.setState(({ toasts }) => ({
    toasts: [...toasts.filter(({ text }) => text !== said.text), { ...said, id }].slice(-3),
  }));
}

export function dismissToast(id: number): void {
  useUi.setState(({ toasts }) => ({ toasts: toasts.filter((each) => each.id !== id) }));
}
