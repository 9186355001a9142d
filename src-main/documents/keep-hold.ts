import { dirname } from 'node:path';
import { serialize } from '../../src-shared/document/save';
import type { AnswerOf, AskOf } from '../../src-shared/ipc';
import { fail, ProblemError, problem } from '../../src-shared/problem';
import type { OpenedDocument } from '../../src-shared/window-data';
import { withDiskProblems } from '../files/disk-problem';
import type { Client } from '../ipc/handlers';
import { beginDocument, watchAll } from './begin-document';
import type { DocumentParts } from './document-parts';
import { isDraft } from './drafts';
import { isDocumentId } from './journal/journal-base';
import type { DocumentPlace, OpenDocument } from './open-document';
import { type Claim, claim, type ReadableFile, readWhole } from './open-file';

/** Gives the file to the window that asks; edits that it made while it could only look stay. */
export function takeOver(parts: DocumentParts, open: OpenDocument): Promise<OpenedDocument> {
  return open.turns.run(async () => {
    const { path } = open.place;
    if (path === undefined || !open.readOnly) return open.view([]);
    const file = await readWhole(parts, path);
    const claimed = await claim(parts, file, 'take over');
    if (claimed.lock) loseOthers(parts, open);
    open.lock = claimed.lock;
    open.readOnly = claimed.readOnly;
    if (open.edits > 0) return open.view(file.problems);
    open.document = file.document;
    open.hash = file.hash;
    return open.view(file.problems);
  });
}

function loseOthers(parts: DocumentParts, open: OpenDocument): void {
  const { path, name } = open.place;
  for (const other of path === undefined ? [] : parts.open.atPath(path)) {
    if (other !== open && other.lock) other.lose(problem('document-open-elsewhere', { name }));
  }
}

/** A window outlived its host: its document gets handle, lock and journal again, as if nothing had been. */
export async function attachDocument(
  parts: DocumentParts,
  ask: AskOf<'document:attach'>,
  client: Client,
): Promise<AnswerOf<'document:attach'>> {
  if (!isDocumentId(ask.id)) fail('document-not-open');
  const open = parts.open.find(ask.id) ?? (await reopen(parts, ask, client));
  // Whoever knows the id had it from this document: the same window, connected anew.
  open.client = client;
  await open.turns.run(async () => {
    const isSame = serialize(open.document) === serialize(ask.document);
    if (!isSame) {
      open.document = ask.document;
      open.edits += 1;
      await open.journal.begin(open.journalStart()());
    }
  });
  return { id: open.id, ...(open.readOnly ? { readOnly: open.readOnly } : {}) };
}

async function reopen(parts: DocumentParts, ask: AskOf<'document:attach'>, client: Client): Promise<OpenDocument> {
  const kept = await parts.recoveries.recover(ask.id);
  const { place, file, ...claimed } =
    ask.path === undefined ? await reopenDraft(parts, ask) : await reopenFile(parts, ask.path, ask.name);
  const isAsRead = file !== undefined && serialize(file.document) === serialize(ask.document);
  const state = kept
    ? { edits: kept.edits, hash: kept.base.hash, from: kept.base.from }
    : // Nothing was edited: where the file has other content by now, saving over it must ask.
      { edits: file && !isAsRead ? 1 : 0, hash: isAsRead ? file.hash : undefined };
  const open = beginDocument(parts, client, {
    id: ask.id,
    place,
    state: { document: ask.document, ...claimed, ...state },
  });
  if (open.edits > 0) await open.journal.begin(open.journalStart()());
  return open;
}

interface Reopened extends Claim {
  readonly place: DocumentPlace;
  readonly file?: ReadableFile;
}

async function reopenDraft(parts: DocumentParts, { base, name }: AskOf<'document:attach'>): Promise<Reopened> {
  if (!isDraft(parts, base)) fail('path-invalid', { path: base });
  await withDiskProblems(base, () => parts.fs.makeFolder(base));
  return { place: { name, base } };
}

/** The file may be gone or damaged by now: what the window holds counts. */
async function reopenFile(parts: DocumentParts, path: string, name: string): Promise<Reopened> {
  try {
    const file = await readWhole(parts, path);
    return { place: { path: file.path, name, base: file.base }, file, ...(await claim(parts, file)) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { place: { path, name, base: dirname(path) }, ...(await claim(parts, { path, name })) };
  }
}

/** The window does not need it any more. */
export function closeDocument(parts: DocumentParts, open: OpenDocument, keepEdits: boolean): Promise<void> {
  return open.turns.run(async () => {
    try {
      await withDiskProblems(parts.paths.data, () => endJournal(parts, open, keepEdits));
    } finally {
      await open.lock?.release();
      parts.open.remove(open);
      watchAll(parts);
    }
  });
}

async function endJournal(parts: DocumentParts, open: OpenDocument, keepEdits: boolean): Promise<void> {
  if (keepEdits) return open.journal.giveUp(open.journalStart()());
  await open.journal.clear();
  await parts.recoveries.removeLine(open.from);
}
