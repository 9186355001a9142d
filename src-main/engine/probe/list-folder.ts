import { join } from 'node:path';
import { fail } from '../../../src-shared/problem';
import { withDiskProblems } from '../../files/disk-problem';
import { type FsPort, type FsStat, statIfThere } from '../../files/fs-port';

export interface ListedFile extends FsStat {
  /** Below the folder, with `/` between names on every system. */
  readonly name: string;
}

/** Folders that archives and systems leave behind; those whose names begin with a dot are left out as well. */
const leftBehind = new Set(['__MACOSX']);

/**
 * Files below a folder whose names end so, sorted by name. Links are followed, but never in a circle; what cannot be
 * looked at below the folder is left out.
 * @throws ProblemError where the folder itself cannot be read
 */
export async function listFolder(
  fs: FsPort,
  folder: string,
  extensions: readonly string[],
): Promise<readonly ListedFile[]> {
  if (folder === '' || folder.includes('\0')) fail('path-invalid', { path: folder.replaceAll('\0', '␀') });
  const { kind } = await withDiskProblems(folder, () => fs.stat(folder));
  if (kind !== 'folder') fail('not-a-folder', { path: folder });
  const real = await withDiskProblems(folder, () => fs.realPath(folder));
  const hasEnding = (name: string) => extensions.some((ending) => name.toLowerCase().endsWith(`.${ending}`));
  const found = await withDiskProblems(folder, () => walk(fs, { folder, name: '', above: new Set([real]) }, hasEnding));
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface Place {
  readonly folder: string;
  /** Below the folder that was asked for. */
  readonly name: string;
  /** Real paths of the folders that lead here. */
  readonly above: ReadonlySet<string>;
}

async function walk(fs: FsPort, place: Place, hasEnding: (name: string) => boolean): Promise<ListedFile[]> {
  const names = (await fs.list(place.folder)).filter((name) => !name.startsWith('.') && !leftBehind.has(name));
  const found = await Promise.all(
    names.map(async (name): Promise<ListedFile[]> => {
      const path = join(place.folder, name);
      const below = place.name === '' ? name : `${place.name}/${name}`;
      const stat = await statIfThere(fs, path).catch(() => undefined);
      if (stat?.kind === 'file') return hasEnding(name) ? [{ ...stat, name: below }] : [];
      return stat?.kind === 'folder' ? walkBelow(fs, { ...place, folder: path, name: below }, hasEnding) : [];
    }),
  );
  return found.flat();
}

async function walkBelow(fs: FsPort, place: Place, hasEnding: (name: string) => boolean): Promise<ListedFile[]> {
  const real = await fs.realPath(place.folder).catch(() => undefined);
  if (real === undefined || place.above.has(real)) return [];
  return walk(fs, { ...place, above: new Set([...place.above, real]) }, hasEnding).catch(() => []);
}
