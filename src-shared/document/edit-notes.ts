import type { Note, YardDocument } from './document';
import { freshId } from './edit-nodes';
import { ownEntry } from './own-entry';

export function addNote(document: YardDocument, note: Note): { readonly document: YardDocument; readonly id: string } {
  const id = freshId(Object.keys(document.notes), 't');
  return { document: { ...document, notes: { ...document.notes, [id]: note } }, id };
}

/** Changes text, place or size of a note; the document itself where there is no such note. */
export function updateNote(document: YardDocument, id: string, change: Partial<Note>): YardDocument {
  const note = ownEntry(document.notes, id);
  return note ? { ...document, notes: { ...document.notes, [id]: { ...note, ...change } } } : document;
}

export function removeNote(document: YardDocument, id: string): YardDocument {
  return { ...document, notes: Object.fromEntries(Object.entries(document.notes).filter(([key]) => key !== id)) };
}
