import { join } from 'node:path';
import { type FsPort, listIfThere, statIfThere } from '../../files/fs-port';
import { oldestOpenRun } from './open-runs';
import type { StoreFolders } from './store-folder';
import { withStoreLock } from './store-lock';

export const defaultStoreLimit = 20 * 2 ** 30;

interface Entry {
  readonly path: string;
  readonly bytes: number;
  readonly usedAt: number;
}

/** Clocks of file systems tick coarsely: what was used this close to a run's start counts as used by it. */
const toleranceMs = 2_000;

/**
 * Brings the store under `limit` bytes: least recently used values, blobs and log segments go first, never what an open run may
 * need (anything used since the oldest one began). Returns how many bytes went.
 */
export async function evict(fs: FsPort, folders: StoreFolders, limit: number): Promise<number> {
  return withStoreLock(fs, folders.root, async () => {
    const files = [...(await fileEntries(fs, folders.blobs)), ...(await fileEntries(fs, folders.log))];
    const entries = [...(await valueEntries(fs, folders.values)), ...files];
    let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    const before = total;
    const keepFrom = (await oldestOpenRun(fs, folders)) - toleranceMs;
    for (const entry of entries.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= limit || entry.usedAt >= keepFrom) break;
      await fs.remove(entry.path);
      total -= entry.bytes;
    }
    return before - total;
  });
}

async function valueEntries(fs: FsPort, folder: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const name of await listIfThere(fs, folder)) {
    const path = join(folder, name);
    const used = (await statIfThere(fs, join(path, 'value.json'))) ?? (await statIfThere(fs, path));
    if (used) entries.push({ path, bytes: await folderBytes(fs, path), usedAt: used.mtimeMs });
  }
  return entries;
}

async function fileEntries(fs: FsPort, folder: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const name of await listIfThere(fs, folder)) {
    const found = await statIfThere(fs, join(folder, name));
    if (found) entries.push({ path: join(folder, name), bytes: found.size, usedAt: found.mtimeMs });
  }
  return entries;
}

async function folderBytes(fs: FsPort, folder: string): Promise<number> {
  const sizes = (await listIfThere(fs, folder)).map(async (name) => (await statIfThere(fs, join(folder, name)))?.size);
  return (await Promise.all(sizes)).reduce((sum: number, size) => sum + (size ?? 0), 0);
}
