import { join } from 'node:path';
import type { RequestName } from '../../src-shared/ipc';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import { fail, ProblemError } from '../../src-shared/problem';
import type { Language } from '../../src-shared/text';
import type { DocumentId } from '../../src-shared/window-data';
import type { FsPort } from '../files/fs-port';
import type { HandlerGroup } from '../ipc/handlers';
import { documentHandlers } from './document-handlers';
import { DocumentLocks } from './document-locks';
import { type DocumentParts, type DocumentPaths, OpenDocuments } from './document-parts';
import { sweepDrafts } from './drafts';
import { fileHandlers } from './file-handlers';
import { FileWatch } from './file-watch';
import { Recoveries } from './journal/recoveries';
import { closeDocument } from './keep-hold';
import type { DocumentPlace, OpenDocument } from './open-document';
import { RecentList } from './recent-list';
import { fileState } from './save-document';

export interface DocumentsOptions {
  readonly fs: FsPort;
  readonly paths: DocumentPaths;
  readonly nodes: readonly NodeDefinition[];
  readonly now?: () => number;
  readonly language?: () => Language;
}

export type DocumentRequest =
  | Exclude<Extract<RequestName, `document:${string}`>, 'document:probe' | 'document:plan' | 'document:preview'>
  | Extract<RequestName, `recovery:${string}`>
  | 'folder:list'
  | 'file:use'
  | 'file:import'
  | 'file:relative';

/** Documents on disk, of all windows of this host. */
export interface Documents extends Required<HandlerGroup<DocumentRequest>> {
  /** Where a document that is open lies. @throws ProblemError `document-not-open` */
  place(id: DocumentId): DocumentPlace;
  documentAt(id: DocumentId): DocumentPlace | undefined;
  /** The windows that have it, or its file, open, with the id that each of them knows it by. */
  viewersOf(id: DocumentId): readonly { readonly client: string; readonly id: DocumentId }[];
  /** Resolves once what earlier processes left behind is cleared away. */
  readonly swept: Promise<void>;
}

export function createDocuments(options: DocumentsOptions): Documents {
  const parts = documentParts(options);
  const { open } = parts;
  const swept = sweepDrafts(parts).catch(() => undefined);
  return {
    handlers: { ...documentHandlers(parts), ...fileHandlers(parts, options.nodes) },
    clientGone: (client) => giveUpAll(parts, open.ofClient(client)),
    close: async () => {
      await swept;
      await giveUpAll(parts, open.all());
      parts.watch.close();
    },
    place: (id) => open.find(id)?.place ?? fail('document-not-open'),
    documentAt: (id) => open.find(id)?.place,
    viewersOf: (id) => viewersOf(open, id),
    swept,
  };
}

function documentParts(options: DocumentsOptions): DocumentParts {
  const { fs, paths, nodes, now = Date.now, language = () => 'en' as const } = options;
  const byKind = new Map(nodes.map((node) => [node.kind, node]));
  const lookup = (kind: string) => byKind.get(kind);
  const open = new OpenDocuments();
  const parts: DocumentParts = {
    fs,
    paths,
    lookup,
    now,
    language,
    open,
    locks: new DocumentLocks(fs, join(paths.data, 'locks')),
    recoveries: new Recoveries({ fs, folder: join(paths.data, 'journals'), lookup, now }),
    recent: new RecentList(fs, paths.data, now),
    watch: new FileWatch(fs, (path) => {
      for (const each of open.atPath(path)) void tellChange(parts, each);
    }),
  };
  return parts;
}

/** The window hears once of every content that others gave the file. */
async function tellChange(parts: DocumentParts, open: OpenDocument): Promise<void> {
  await open.turns
    .run(async () => {
      const state = await fileState(parts, open);
      const isNews = state !== 'same' && state !== open.toldOf;
      open.toldOf = state;
      if (isNews) open.client.emit('document:changedOutside', { id: open.id, isMissing: state === 'missing' });
    })
    .catch((error: unknown) => {
      // A file that cannot be read now is compared again before it is saved.
      if (!(error instanceof ProblemError)) throw error;
    });
}

/** Their windows are gone without a word: edits stay for recovery. */
async function giveUpAll(parts: DocumentParts, all: readonly OpenDocument[]): Promise<void> {
  await Promise.allSettled(all.map((each) => closeDocument(parts, each, true)));
}

function viewersOf(open: OpenDocuments, id: DocumentId): ReturnType<Documents['viewersOf']> {
  const found = open.find(id);
  if (!found) return [];
  const same = found.place.path === undefined ? [found] : open.atPath(found.place.path);
  return same.map((each) => ({ client: each.client.id, id: each.id }));
}
