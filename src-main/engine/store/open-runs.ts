import { hostname } from 'node:os';
import { join } from 'node:path';
import { writeNewFile } from '../../files/atomic-write';
import { type FsPort, listIfThere, statIfThere } from '../../files/fs-port';
import { isProcessAlive } from '../../files/process-alive';
import type { StoreFolders } from './store-folder';
import { withStoreLock } from './store-lock';

/**
 * Marks a run as open: until the mark is taken away, nothing that was used since then is evicted. The mark is made
 * under the lock, so that no eviction is half-way when the run begins to look for values.
 */
export async function markRunOpen(fs: FsPort, folders: StoreFolders, run: string): Promise<() => Promise<void>> {
  const path = join(folders.open, `${hostname()}~${process.pid}~${run}`);
  await withStoreLock(fs, folders.root, async () => {
    await fs.makeFolder(folders.open);
    await writeNewFile(fs, path, new Uint8Array());
  });
  return () => fs.remove(path);
}

/** When the oldest open run began, in milliseconds; infinity where none is. Marks of dead processes are removed. */
export async function oldestOpenRun(fs: FsPort, folders: StoreFolders): Promise<number> {
  let oldest = Number.POSITIVE_INFINITY;
  for (const name of await listIfThere(fs, folders.open)) {
    const [host, pid] = name.split('~');
    if (host === hostname() && !isProcessAlive(Number(pid))) {
      await fs.remove(join(folders.open, name));
      continue;
    }
    const mark = await statIfThere(fs, join(folders.open, name));
    if (mark) oldest = Math.min(oldest, mark.mtimeMs);
  }
  return oldest;
}
