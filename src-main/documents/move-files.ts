import { extname, isAbsolute, join, relative, resolve } from 'node:path';
import type { YardDocument } from '../../src-shared/document/document';
import type { NodeLookup } from '../../src-shared/nodes/catalog';
import { hashFile } from '../files/content-hash';
import { copyFile } from '../files/copy-file';
import { withDiskProblems } from '../files/disk-problem';
import { type FsPort, statIfThere } from '../files/fs-port';
import { changeFiles, filesNamed } from './file-params';
import { isInside, pathFrom, pathFromReal } from './relative-path';

interface Move {
  readonly fs: FsPort;
  readonly lookup: NodeLookup;
  readonly from: string;
  readonly to: string;
  /** `from` is a draft's folder, which ends with the draft: its files go along. */
  readonly isDraft: boolean;
}

/** The document as it must be to find the same files from another folder. */
export async function moveFiles(document: YardDocument, move: Move): Promise<YardDocument> {
  const { lookup, from, to } = move;
  if (from === to) return document;
  const ways = new Map<string, string>();
  for (const path of filesNamed(document, lookup)) ways.set(path, await newWay(path, move));
  return changeFiles(document, lookup, (path) => ways.get(path) ?? path);
}

async function newWay(path: string, move: Move): Promise<string> {
  const absolute = resolve(move.from, path);
  if (move.isDraft && isInside(move.from, absolute)) return takeAlong(absolute, move);
  return isAbsolute(path) ? path : pathFromReal(move.fs, move.to, absolute);
}

async function takeAlong(file: string, { fs, from, to }: Move): Promise<string> {
  const way = relative(from, file);
  if ((await statIfThere(fs, file))?.kind !== 'file') return pathFrom(to, resolve(to, way));
  const target = await withDiskProblems(to, () => freePlace(fs, file, join(to, way)));
  if (!(await statIfThere(fs, target))) await withDiskProblems(target, () => copyFile(fs, file, target));
  return pathFrom(to, target);
}

/** The path itself, or one beside it with a number, where nothing lies yet or the same content does. */
export async function freePlace(fs: FsPort, file: string, path: string): Promise<string> {
  return freePath(path, async (place) => {
    const found = await statIfThere(fs, place);
    return !found || (found.kind === 'file' && (await hashFile(fs, place)) === (await hashFile(fs, file)));
  });
}

/** The path itself, or the first of those beside it, `name-2.csv`, `name-3.csv` …, that will do. */
export async function freePath(path: string, isFree: (path: string) => Promise<boolean>): Promise<string> {
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  for (let number = 1; ; number++) {
    const place = number === 1 ? path : `${stem}-${number}${extension}`;
    if (await isFree(place)) return place;
  }
}
