import { basename, dirname } from 'node:path';
import { decodeText } from '../../src-shared/document/decode-text';
import { type LoadOptions, type LoadResult, loadDocument } from '../../src-shared/document/load';
import type { Hash } from '../../src-shared/hash';
import { fail } from '../../src-shared/problem';
import { hashContent } from '../files/content-hash';
import { withDiskProblems } from '../files/disk-problem';
import type { FsPort } from '../files/fs-port';
import { requireFile } from '../files/require-file';

/** A file that was read: what it holds, or why it is no document. */
export type ReadFile = LoadResult & {
  /** Where the file lies when links are followed. */
  readonly path: string;
  /** Folder that paths in the document are relative to. */
  readonly base: string;
  /** As it was asked for. */
  readonly name: string;
  /** Of the bytes as they were read. */
  readonly hash: Hash;
};

/** Bytes; what has fewer is read, and then measured in characters. */
const largestFile = 64 * 2 ** 20;

/**
 * Reads a document from a disk.
 * @throws ProblemError where the file cannot be read at all: not there, too large, no permission …
 */
export async function readDocument(fs: FsPort, file: string, options: LoadOptions): Promise<ReadFile> {
  const { size } = await requireFile(fs, file);
  if (size > largestFile)
    fail('file-too-large', { megabytes: Math.ceil(size / 2 ** 20), limit: largestFile / 2 ** 20 });
  const path = await withDiskProblems(file, () => fs.realPath(file));
  const bytes = await withDiskProblems(file, () => fs.read(path));
  const place = { path, base: dirname(path), name: basename(file), hash: hashContent(bytes) };
  const decoded = decodeText(bytes);
  if ('problem' in decoded) return { ...place, problems: [decoded.problem] };
  return { ...place, ...loadDocument(decoded.text, options) };
}
