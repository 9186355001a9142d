import { dirname } from 'node:path';
import { type Problem, ProblemError, problem } from '../../src-shared/problem';
import type { OpenedDocument } from '../../src-shared/window-data';
import { sweepTemporaryFiles } from '../files/atomic-write';
import { isDiskError, statIfThere } from '../files/fs-port';
import type { Client } from '../ipc/handlers';
import { beginDocument } from './begin-document';
import type { DocumentLock } from './document-locks';
import type { DocumentParts } from './document-parts';
import { type ReadFile, readDocument } from './read-document';

export type ReadableFile = ReadFile & { readonly document: NonNullable<ReadFile['document']> };

/** Opens a file; for a window that has it open already, as it is there. */
export async function openFile(parts: DocumentParts, path: string, client: Client): Promise<OpenedDocument> {
  const file = await readWhole(parts, path);
  const known = knownTo(parts, file.path, client);
  if (known) return known;
  const { lock, readOnly } = await claim(parts, file);
  // The same request may have come twice: the first one has the lock.
  const meanwhile = knownTo(parts, file.path, client);
  if (meanwhile) {
    await lock?.release();
    return meanwhile;
  }
  const { name, base, document, hash } = file;
  const open = beginDocument(parts, client, {
    place: { path: file.path, name, base },
    state: { document, hash, readOnly, lock },
  });
  await parts.recent.add(file.path);
  await sweepTemporaryFiles(parts.fs, dirname(file.path), parts.now()).catch(() => 0);
  return open.view(file.problems);
}

/** @throws ProblemError with the first thing that keeps the file from being a document */
export async function readWhole({ fs, lookup }: DocumentParts, path: string): Promise<ReadableFile> {
  const file = await readDocument(fs, path, { lookup, newer: 'read' });
  if (file.document) return file;
  throw new ProblemError(file.problems[0] ?? problem('file-not-modelyard'));
}

function knownTo(parts: DocumentParts, path: string, client: Client): OpenedDocument | undefined {
  return parts.open
    .atPath(path)
    .find((open) => open.client.id === client.id)
    ?.view([]);
}

export interface Claim {
  readonly lock?: DocumentLock;
  readonly readOnly?: Problem;
}

/** Takes a file for editing, or says why that cannot be. */
export async function claim(
  parts: DocumentParts,
  file: { readonly path: string; readonly name: string; readonly newer?: Problem | undefined },
  how: 'take' | 'take over' = 'take',
): Promise<Claim> {
  if (file.newer) return { readOnly: file.newer };
  if (!(await isWritable(parts, file.path))) return { readOnly: problem('file-write-protected', { path: file.path }) };
  try {
    const lock = how === 'take' ? await parts.locks.take(file.path) : await parts.locks.takeOver(file.path);
    return lock ? { lock } : { readOnly: problem('document-open-elsewhere', { name: file.name }) };
  } catch (error) {
    // Without the app's own folder nobody else can lock either; that must not keep people from their files.
    if (isDiskError(error)) return {};
    throw error;
  }
}

/** A save makes a new file beside the old one, so that the folder counts too. */
async function isWritable({ fs }: DocumentParts, path: string): Promise<boolean> {
  try {
    const isThere = (await statIfThere(fs, path)) !== undefined;
    return (!isThere || (await fs.isWritable(path))) && (await fs.isWritable(dirname(path)));
  } catch {
    return true;
  }
}
