import { fail } from '../../src-shared/problem';
import type { DocumentId } from '../../src-shared/window-data';

/** What runs and previews need to know of the documents that windows have open. */
export interface OpenDocuments {
  /** Where it lies and what it is called; undefined where no window has it open. */
  readonly documentAt: (id: DocumentId) => { readonly base: string; readonly name: string } | undefined;
  /** The windows that have it, or its file, open, with the id that each of them knows it by. */
  readonly viewersOf: (id: DocumentId) => readonly Viewer[];
}

export interface Viewer {
  readonly client: string;
  readonly id: DocumentId;
}

/** @throws ProblemError `document-not-open` */
export function placeOf(
  { documentAt }: OpenDocuments,
  id: DocumentId,
): { readonly base: string; readonly name: string } {
  const { base, name } = documentAt(id) ?? fail('document-not-open');
  // Engines refuse an ask that says more.
  return { base, name };
}
