import { applyPatches, enablePatches, type Patch, produceWithPatches } from 'immer';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { YardDocument } from '../../src-shared/document/document';
import { isProblem, type Problem } from '../../src-shared/problem';
import { assignChanges } from './assign-changes';

enablePatches();

/** One undo step: whatever a person did in one go. */
export interface HistoryEntry {
  /** Id of the command or gesture; a message of `i18n/messages/edits.ts` names it. */
  readonly label: string;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/** A place in the history: behind this step, or before all. */
export type SavePoint = HistoryEntry | 'start' | 'none';

export interface EditorState {
  readonly document: YardDocument;
  /** The newest step that the file holds too; `none`: what it holds is no state of this history. */
  readonly saved: SavePoint;
  /** Grows with every change; answers for an older one are dropped. */
  readonly revision: number;
  readonly past: readonly HistoryEntry[];
  readonly future: readonly HistoryEntry[];
  /** A gesture under way: its steps become one undo step. */
  readonly gesture?: { readonly label: string; readonly before: YardDocument };
}

/** A pure edit, or the problem that stands in its way. */
export type Edit = (document: YardDocument) => YardDocument | Problem;

export interface EditorOptions {
  /** Hears every change of the document as patches, undo and redo too: for the recovery journal. */
  readonly onPatches?: (label: string, patches: readonly Patch[]) => void;
  /** The file lacks what the document holds: after a recovery. */
  readonly isEdited?: boolean;
}

/** A document while it is edited: pure edits go in, undo steps come out. Knows no window. */
export class Editor {
  readonly store: StoreApi<EditorState>;
  private readonly onPatches: NonNullable<EditorOptions['onPatches']>;

  constructor(document: YardDocument, { onPatches = () => undefined, isEdited: edited = false }: EditorOptions = {}) {
    const saved = edited ? 'none' : 'start';
    this.store = createStore<EditorState>(() => ({ document, saved, revision: 0, past: [], future: [] }));
    this.onPatches = onPatches;
  }

  get document(): YardDocument {
    return this.store.getState().document;
  }

  /** Makes an edit; returns the problem where it was refused. Within a gesture it adds to the gesture's one step. */
  edit(label: string, edit: Edit): Problem | undefined {
    const { document, gesture } = this.store.getState();
    const next = edit(document);
    if (isProblem(next)) return next;
    if (gesture) this.show(next);
    else this.record(label, document, next);
    return undefined;
  }

  /** Begins a gesture: a drag, a slider. Edits until `commit` are one step. */
  begin(label: string): void {
    if (this.store.getState().gesture) this.commit();
    this.store.setState({ gesture: { label, before: this.document } });
  }

  commit(): void {
    const { gesture, document } = this.store.getState();
    if (!gesture) return;
    this.endGesture();
    this.record(gesture.label, gesture.before, document);
  }

  /** Takes the gesture back. */
  abort(): void {
    const { gesture } = this.store.getState();
    if (!gesture) return;
    this.endGesture();
    this.show(gesture.before);
  }

  undo(): string | undefined {
    this.commit();
    const { past, future, document } = this.store.getState();
    const entry = past.at(-1);
    if (!entry) return undefined;
    this.store.setState({ past: past.slice(0, -1), future: [...future, entry] });
    this.apply(entry.label, document, entry.inverse);
    return entry.label;
  }

  redo(): string | undefined {
    this.commit();
    const { past, future, document } = this.store.getState();
    const entry = future.at(-1);
    if (!entry) return undefined;
    this.store.setState({ past: [...past, entry], future: future.slice(0, -1) });
    this.apply(entry.label, document, entry.patches);
    return entry.label;
  }

  /** The file now holds what the document was at this place (`savePoint` when the save began). */
  markSaved(saved: SavePoint): void {
    this.store.setState({ saved });
  }

  /** Another document takes the place of this one: after a take-over, or when the file changed outside. No undo. */
  replace(document: YardDocument): void {
    const { revision } = this.store.getState();
    this.endGesture();
    this.store.setState({ document, saved: 'start', revision: revision + 1, past: [], future: [] });
  }

  private record(label: string, before: YardDocument, after: YardDocument): void {
    if (before === after) return;
    const [document, patches, inverse] = produceWithPatches(before, (draft) => assignChanges(draft, before, after));
    if (patches.length === 0) {
      this.show(before);
      return;
    }
    const { past } = this.store.getState();
    this.show(document);
    this.store.setState({ past: [...past, { label, patches, inverse }], future: [] });
    this.onPatches(label, patches);
  }

  private apply(label: string, document: YardDocument, patches: readonly Patch[]): void {
    this.show(applyPatches(document, patches));
    this.onPatches(label, patches);
  }

  private show(document: YardDocument): void {
    const { revision, document: present } = this.store.getState();
    if (document !== present) this.store.setState({ document, revision: revision + 1 });
  }

  private endGesture(): void {
    const { gesture, ...rest } = this.store.getState();
    if (gesture) this.store.setState(rest, true);
  }
}

/** Where the document stands in its history. */
export function savePoint({ past }: EditorState): SavePoint {
  return past.at(-1) ?? 'start';
}

/** The document holds something that its file lacks. */
export function isEdited(state: EditorState): boolean {
  return savePoint(state) !== state.saved || state.gesture !== undefined;
}
