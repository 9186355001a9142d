import { dirname, join } from 'node:path';
import { fail } from '../../src-shared/problem';
import type { FolderListing } from '../../src-shared/window-data';
import { withDiskProblems } from '../files/disk-problem';
import type { FsPort } from '../files/fs-port';
import type { DocumentParts } from './document-parts';
import { isInside } from './relative-path';

type Entry = FolderListing['entries'][number];

/** Looked at at a time: folders of a hundred thousand files exist. */
const batch = 64;

/**
 * A folder as a window's own file picker shows it. Above the allowed folders only the ways that lead to them are seen;
 * links that lead out of them are left out, and so is what the system hides.
 */
export async function listFolder(
  { fs, paths }: Pick<DocumentParts, 'fs' | 'paths'>,
  path: string | undefined,
): Promise<FolderListing> {
  const allowed = await realFolders(fs, paths.allowed);
  const asked = path ?? allowed[0] ?? fail('folder-not-allowed', { path: '' });
  const folder = await withDiskProblems(asked, () => fs.realPath(asked));
  const isAllowed = (place: string) => allowed.some((each) => isInside(each, place));
  const isOnTheWay = (place: string) => allowed.some((each) => isInside(place, each));
  if (!isAllowed(folder) && !isOnTheWay(folder)) fail('folder-not-allowed', { path: asked });
  const names = await withDiskProblems(folder, () => fs.list(folder));
  const entries: Entry[] = [];
  for (let at = 0; at < names.length; at += batch) {
    const found = names.slice(at, at + batch).map((name) => entryOf(fs, folder, name));
    for (const entry of await Promise.all(found)) {
      if (entry && (isAllowed(entry.real) || (entry.kind === 'folder' && isOnTheWay(entry.real))))
        entries.push(shown(entry));
    }
  }
  const above = dirname(folder);
  const parent = above !== folder && (isAllowed(above) || isOnTheWay(above)) ? { parent: above } : {};
  return { path: folder, ...parent, entries: entries.sort(inOrder) };
}

async function realFolders(fs: FsPort, folders: readonly string[]): Promise<string[]> {
  const real = await Promise.all(folders.map((folder) => fs.realPath(folder).catch(() => undefined)));
  return real.filter((folder) => folder !== undefined);
}

async function entryOf(fs: FsPort, folder: string, name: string): Promise<(Entry & { real: string }) | undefined> {
  if (name.startsWith('.')) return undefined;
  try {
    const real = await fs.realPath(join(folder, name));
    const { kind, size } = await fs.stat(real);
    return kind === 'other' ? undefined : { name, kind, bytes: kind === 'file' ? size : 0, real };
  } catch {
    return undefined;
  }
}

function shown({ name, kind, bytes }: Entry): Entry {
  return { name, kind, bytes };
}

const { compare } = new Intl.Collator(undefined, { numeric: true });

function inOrder(a: Entry, b: Entry): number {
  if (a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1;
  return compare(a.name, b.name);
}
