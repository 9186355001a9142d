import { fail } from '../../src-shared/problem';
import type { DocumentId } from '../../src-shared/window-data';

/** What runs and previews need to know of the documents that windows have open. */
export interface OpenDocuments {
  /** Where it lies and what it is called; undefined where no window has it open. */
  readonly documentAt: (id: DocumentId) => { readonly base: string; readonly name: string } | undefined;
  /** The windows that have it, or its file, open. */
  readonly clientsOf: (id: DocumentId) => readonly string[];
}

/** @throws ProblemError `document-not-open` */
export function placeOf(
  { documentAt }: OpenDocuments,
  id: DocumentId,
): { readonly base: string; readonly name: string } {
  return documentAt(id) ?? fail('document-not-open');
}
