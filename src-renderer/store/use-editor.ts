import { useStore } from 'zustand';
import type { YardDocument } from '../../src-shared/document/document';
import type { Editor, EditorState } from './editor';

/** Part of an editor's state, for components. */
export function useEditor<T>(editor: Editor, select: (state: EditorState) => T): T {
  return useStore(editor.store, select);
}

export function useDocument(editor: Editor): YardDocument {
  return useStore(editor.store, ({ document }) => document);
}
