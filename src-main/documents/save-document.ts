import { basename, dirname, isAbsolute } from 'node:path';
import type { YardDocument } from '../../src-shared/document/document';
import { loadDocument } from '../../src-shared/document/load';
import { serialize } from '../../src-shared/document/save';
import type { Hash } from '../../src-shared/hash';
import type { AskOf } from '../../src-shared/ipc';
import { fail, ProblemError, problem } from '../../src-shared/problem';
import type { SavedDocument } from '../../src-shared/window-data';
import { writeFileAtomic } from '../files/atomic-write';
import { hashContent, hashFile } from '../files/content-hash';
import { withDiskProblems } from '../files/disk-problem';
import { isDiskError, statIfThere } from '../files/fs-port';
import { watchAll } from './begin-document';
import type { DocumentLock } from './document-locks';
import { type DocumentParts, samePath } from './document-parts';
import { isDraft } from './drafts';
import { moveFiles } from './move-files';
import type { OpenDocument } from './open-document';
import { realPlace } from './relative-path';

type SaveAsk = Pick<AskOf<'document:save'>, 'document' | 'path' | 'replace'>;

/** Saves a document where it lies or elsewhere: afterwards the file is the old one or the new one, never another. */
export function saveDocument(parts: DocumentParts, open: OpenDocument, ask: SaveAsk): Promise<SavedDocument> {
  return open.turns.run(async () => {
    const { place } = open;
    const path = ask.path === undefined ? place.path : await targetPath(parts, ask.path);
    if (path === undefined) return fail('document-without-file');
    const target: Target = { path, name: ask.path === undefined ? place.name : basename(ask.path) };
    if (place.path !== undefined && samePath(place.path, path)) {
      await checkInPlace(parts, open, ask.replace === true);
      return write(parts, open, { target, document: ask.document });
    }
    return saveElsewhere(parts, open, { target, ask });
  });
}

interface Target {
  readonly path: string;
  readonly name: string;
}

/** Links are written through, so that the file they lead to is what counts. */
async function targetPath({ fs }: DocumentParts, path: string): Promise<string> {
  if (!isAbsolute(path) || path.includes('\0')) fail('path-invalid', { path: path.replaceAll('\0', '␀') });
  return withDiskProblems(path, async () => {
    const found = await statIfThere(fs, path);
    return found ? fs.realPath(path) : realPlace(fs, path);
  });
}

async function checkInPlace(parts: DocumentParts, open: OpenDocument, replace: boolean): Promise<void> {
  const refusal = open.readOnly ?? (await open.noticeTaken());
  if (refusal) throw new ProblemError(refusal);
  const state = replace ? 'same' : await fileState(parts, open);
  // What is gone cannot be lost by a save.
  if (state !== 'same' && state !== 'missing')
    fail('file-changed-outside', { name: open.place.name, path: open.place.path ?? '' });
}

/** What became of an open document's file since it was read or written; the hash of its content where it changed. */
export async function fileState(
  { fs }: DocumentParts,
  { place: { path }, hash, attempted }: OpenDocument,
): Promise<'same' | 'missing' | Hash> {
  if (path === undefined) return 'same';
  return withDiskProblems(path, async () => {
    if (!(await statIfThere(fs, path))) return 'missing';
    const now = await hashFile(fs, path);
    return now === hash || now === attempted ? 'same' : now;
  });
}

async function saveElsewhere(
  parts: DocumentParts,
  open: OpenDocument,
  { target, ask }: { readonly target: Target; readonly ask: SaveAsk },
): Promise<SavedDocument> {
  const found = await withDiskProblems(target.path, () => statIfThere(parts.fs, target.path));
  if (found?.kind === 'folder') fail('is-a-folder', { path: target.path });
  if (found?.kind === 'other') fail('not-a-file', { path: target.path });
  const lock = await takeTarget(parts, target);
  try {
    if (found && !ask.replace) fail('file-exists', { name: target.name, path: target.path });
    const from = open.place.base;
    const move = { fs: parts.fs, lookup: parts.lookup, from, to: dirname(target.path), isDraft: isDraft(parts, from) };
    const document = await moveFiles(ask.document, move);
    const saved = await write(parts, open, { target, document });
    const old = open.lock;
    open.lock = lock;
    await old?.release();
    return document === ask.document ? saved : { ...saved, document };
  } catch (error) {
    if (open.lock !== lock) await lock?.release();
    throw error;
  }
}

async function takeTarget(parts: DocumentParts, { path, name }: Target): Promise<DocumentLock | undefined> {
  try {
    return (await parts.locks.take(path)) ?? fail('document-open-elsewhere', { name });
  } catch (error) {
    // As when opening: no lock is no reason to lose work.
    if (isDiskError(error)) return undefined;
    throw error;
  }
}

async function write(
  parts: DocumentParts,
  open: OpenDocument,
  { target, document }: { readonly target: Target; readonly document: YardDocument },
): Promise<SavedDocument> {
  const text = serialize(document);
  const bytes = Buffer.from(text);
  checkReadable(parts, text);
  const hash = hashContent(bytes);
  if (target.path === open.place.path) open.attempted = hash;
  await withDiskProblems(target.path, () => writeFileAtomic(parts.fs, target.path, bytes));
  const place = { ...target, base: dirname(target.path) };
  const { from } = open;
  Object.assign(open, { place, document, hash, attempted: undefined, edits: 0, readOnly: undefined, from: undefined });
  watchAll(parts);
  // What stays behind of a journal holds nothing that the file lacks, and is recognised by that.
  await open.journal.clear().catch(() => undefined);
  await parts.recoveries.removeLine(from).catch(() => undefined);
  await parts.recent.add(target.path);
  return place;
}

/** A good file is never replaced by one that could not be opened again. */
function checkReadable({ lookup }: DocumentParts, text: string): void {
  const loaded = loadDocument(text, { lookup, newer: 'read' });
  if (!loaded.document) throw new ProblemError(loaded.problems[0] ?? problem('file-not-modelyard'));
}
