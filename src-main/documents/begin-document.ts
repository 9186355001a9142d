import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { YardDocument } from '../../src-shared/document/document';
import { documentVersion } from '../../src-shared/document/migrations/migrations';
import { defaultSeed } from '../../src-shared/document/schema';
import type { DocumentId } from '../../src-shared/window-data';
import { withDiskProblems } from '../files/disk-problem';
import type { Client } from '../ipc/handlers';
import type { DocumentParts } from './document-parts';
import { EditJournal } from './journal/edit-journal';
import { type DocumentPlace, type DocumentState, OpenDocument } from './open-document';

/** Gives a window a document; `id` where it has one already. */
export function beginDocument(
  parts: DocumentParts,
  client: Client,
  begin: { readonly place: DocumentPlace; readonly state: DocumentState; readonly id?: DocumentId },
): OpenDocument {
  const id = begin.id ?? randomUUID();
  const journal = new EditJournal(parts.fs, parts.recoveries.folderOf(id));
  const open = new OpenDocument(id, { client, place: begin.place }, { journal, now: parts.now, state: begin.state });
  parts.open.add(open);
  watchAll(parts);
  return open;
}

/** Watches the files of the documents that are open now. */
export function watchAll({ open, watch }: DocumentParts): void {
  watch.follow(open.all().flatMap(({ place }) => (place.path === undefined ? [] : [place.path])));
}

export function draftsFolder({ paths }: Pick<DocumentParts, 'paths'>): string {
  return join(paths.data, 'drafts');
}

/** A document without a file: it gets a folder of its own for the files that it names. */
export async function beginDraft(
  parts: DocumentParts,
  client: Client,
  draft: { readonly name: string; readonly document: YardDocument; readonly fill?: (base: string) => Promise<void> },
): Promise<OpenDocument> {
  const id = randomUUID();
  const base = join(draftsFolder(parts), id);
  await withDiskProblems(base, () => parts.fs.makeFolder(base));
  await draft.fill?.(base);
  return beginDocument(parts, client, { id, place: { name: draft.name, base }, state: { document: draft.document } });
}

export function emptyDocument(): YardDocument {
  return {
    format: 'modelyard',
    version: documentVersion,
    settings: { seed: defaultSeed },
    nodes: {},
    edges: {},
    notes: {},
    groups: {},
    flows: {},
  };
}
