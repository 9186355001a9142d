import type { YardDocument } from '../../src-shared/document/document';
import { serialize } from '../../src-shared/document/save';
import type { Hash } from '../../src-shared/hash';
import { type Problem, problem } from '../../src-shared/problem';
import type { DocumentId, DocumentPatch, OpenedDocument } from '../../src-shared/window-data';
import type { Client } from '../ipc/handlers';
import type { DocumentLock } from './document-locks';
import type { EditJournal, JournalStart } from './journal/edit-journal';
import { applyEdit, plainPatches } from './journal/edit-lines';
import { Turns } from './turns';

/** Where a document lies. */
export interface DocumentPlace {
  /** Real path; absent until it is saved for the first time. */
  readonly path?: string;
  readonly name: string;
  /** Folder that file paths in the document are relative to. */
  readonly base: string;
}

export interface DocumentState {
  readonly document: YardDocument;
  /** Of the file's content as it was read or written. */
  readonly hash?: Hash | undefined;
  readonly readOnly?: Problem | undefined;
  readonly lock?: DocumentLock | undefined;
  /** Edits that the document holds and its file lacks. */
  readonly edits?: number;
  /** The journal that it was recovered from. */
  readonly from?: string | undefined;
}

/** One document that one window has open. */
export class OpenDocument {
  /** Edits, saves and looks at the file, one after the other. */
  readonly turns = new Turns();
  document: YardDocument;
  /** Undefined where the file's content is not what the document began with. */
  hash: Hash | undefined;
  /** What a save that failed was about to write: it may be there all the same. */
  attempted: Hash | undefined;
  /** What the window was last told of its file: the same news is told once. */
  toldOf: 'same' | 'missing' | Hash = 'same';
  readOnly: Problem | undefined;
  lock: DocumentLock | undefined;
  edits: number;
  from: string | undefined;
  private readonly carried: number;
  private editedAt: string;

  client: Client;
  place: DocumentPlace;

  constructor(
    readonly id: DocumentId,
    where: { readonly client: Client; readonly place: DocumentPlace },
    private readonly parts: {
      readonly journal: EditJournal;
      readonly now: () => number;
      readonly state: DocumentState;
    },
  ) {
    const { state } = parts;
    this.client = where.client;
    this.place = where.place;
    this.document = state.document;
    this.hash = state.hash;
    this.readOnly = state.readOnly;
    this.lock = state.lock;
    this.edits = state.edits ?? 0;
    this.carried = state.from === undefined ? 0 : this.edits;
    this.from = state.from;
    this.editedAt = new Date(parts.now()).toISOString();
  }

  get journal(): EditJournal {
    return this.parts.journal;
  }

  /** Resolves once the edit is on the disk. What is read-only can be edited too: it may be saved elsewhere. */
  async edit(label: string, given: readonly DocumentPatch[]): Promise<void> {
    const patches = plainPatches(given);
    const { written } = await this.turns.run(() => {
      const before = this.journalStart();
      this.document = applyEdit(this.document, patches);
      this.edits += 1;
      this.editedAt = new Date(this.parts.now()).toISOString();
      return { written: this.journal.append({ label, patches }, before) };
    });
    await Promise.all([written, this.noticeTaken()]);
  }

  /** Tells the window where another one, or another process, took the file over; returns what it is told. */
  async noticeTaken(): Promise<Problem | undefined> {
    const { lock } = this;
    // A lock that cannot be read says nothing: the file's content is compared before every save all the same.
    if (!lock || (await lock.isOurs().catch(() => true))) return undefined;
    const readOnly = problem('document-open-elsewhere', { name: this.place.name });
    if (this.lock === lock) this.lose(readOnly);
    return readOnly;
  }

  /** What a journal that begins now would begin with; the text is made when it is asked for. */
  journalStart(): () => JournalStart {
    const { document, place, hash, edits, editedAt, from, carried } = this;
    return () => ({
      name: place.name,
      ...(place.path === undefined ? {} : { path: place.path }),
      folder: place.base,
      ...(hash === undefined ? {} : { hash }),
      edits,
      editedAt,
      ...(from === undefined ? {} : { from, carried }),
      text: serialize(document),
    });
  }

  /** Somebody else has the file now. */
  lose(readOnly: Problem): void {
    this.lock = undefined;
    this.readOnly = readOnly;
    this.client.emit('document:taken', { id: this.id, readOnly });
  }

  view(problems: readonly Problem[]): OpenedDocument {
    const { path, name, base } = this.place;
    return {
      id: this.id,
      ...(path === undefined ? {} : { path }),
      name,
      base,
      document: this.document,
      problems,
      ...(this.readOnly ? { readOnly: this.readOnly } : {}),
      ...(this.edits > 0 ? { edited: true } : {}),
    };
  }
}
