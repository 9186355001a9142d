import type { NodeLookup } from '../../src-shared/nodes/catalog';
import { fail } from '../../src-shared/problem';
import type { Language } from '../../src-shared/text';
import type { DocumentId } from '../../src-shared/window-data';
import type { FsPort } from '../files/fs-port';
import type { Client } from '../ipc/handlers';
import type { DocumentLocks } from './document-locks';
import type { FileWatch } from './file-watch';
import type { Recoveries } from './journal/recoveries';
import type { OpenDocument } from './open-document';
import type { RecentList } from './recent-list';

/** Where documents and what belongs to them lie. Absolute. */
export interface DocumentPaths {
  /** The app's own data: locks, journals, drafts, the list of recent files. */
  readonly data: string;
  /** Pipelines that come with the app. */
  readonly examples: string;
  /** Folders that a window's own file picker may show, the first one first. */
  readonly allowed: readonly string[];
}

/** What all requests of documents work with. */
export interface DocumentParts {
  readonly fs: FsPort;
  readonly paths: DocumentPaths;
  readonly lookup: NodeLookup;
  readonly now: () => number;
  /** Of titles that the host gives: a document without a file has no other name. */
  readonly language: () => Language;
  readonly open: OpenDocuments;
  readonly locks: DocumentLocks;
  readonly recoveries: Recoveries;
  readonly recent: RecentList;
  readonly watch: FileWatch;
}

/** The documents that windows have open now. */
export class OpenDocuments {
  private readonly byId = new Map<DocumentId, OpenDocument>();

  add(open: OpenDocument): void {
    this.byId.set(open.id, open);
  }

  remove({ id }: OpenDocument): void {
    this.byId.delete(id);
  }

  all(): readonly OpenDocument[] {
    return [...this.byId.values()];
  }

  find(id: DocumentId): OpenDocument | undefined {
    return this.byId.get(id);
  }

  ofClient({ id }: Client): readonly OpenDocument[] {
    return this.all().filter(({ client }) => client.id === id);
  }

  atPath(path: string): readonly OpenDocument[] {
    return this.all().filter(({ place }) => place.path !== undefined && samePath(place.path, path));
  }

  /** @throws ProblemError `document-not-open` where this window does not have it */
  get(id: DocumentId, client: Client): OpenDocument {
    const found = this.byId.get(id);
    return found?.client.id === client.id ? found : fail('document-not-open');
  }
}

/** Real paths of the same file: systems differ in how they write accents. */
export function samePath(a: string, b: string): boolean {
  return a.normalize('NFC') === b.normalize('NFC');
}
