import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { writeNewFile } from '../../files/atomic-write';
import { type FsPort, isDiskError, statIfThere } from '../../files/fs-port';
import { isProcessAlive } from '../../files/process-alive';

/** A lock whose owner is gone, or on a machine we cannot ask, is broken after this long. */
const staleAfterMs = 10 * 60_000;
const retryMs = 25;

/**
 * Runs `work` while holding the store's one lock, a file naming its owner. Waits for other holders; a lock left
 * by a process that was killed is taken over.
 */
export async function withStoreLock<T>(fs: FsPort, root: string, work: () => Promise<T>): Promise<T> {
  const path = join(root, 'lock');
  await fs.makeFolder(root);
  await acquire(fs, path);
  try {
    return await work();
  } finally {
    await fs.remove(path);
  }
}

async function acquire(fs: FsPort, path: string): Promise<void> {
  const owner = Buffer.from(JSON.stringify({ pid: process.pid, host: hostname() }));
  for (;;) {
    try {
      await writeNewFile(fs, path, owner);
      return;
    } catch (error) {
      if (!isDiskError(error, 'EEXIST')) throw error;
    }
    if (await isStale(fs, path)) await takeAway(fs, path);
    else await wait(retryMs);
  }
}

async function isStale(fs: FsPort, path: string): Promise<boolean> {
  const found = await statIfThere(fs, path);
  if (!found) return false;
  if (Date.now() - found.mtimeMs > staleAfterMs) return true;
  try {
    const owner: unknown = JSON.parse(Buffer.from(await fs.read(path)).toString('utf8'));
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('host' in owner)) return false;
    return owner.host === hostname() && typeof owner.pid === 'number' && !isProcessAlive(owner.pid);
  } catch {
    // Half written, or gone already: look again.
    return false;
  }
}

/** Renaming first means that of two processes that saw the same stale lock only one takes it away. */
async function takeAway(fs: FsPort, path: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await fs.rename(path, aside);
    await fs.remove(aside);
  } catch (error) {
    if (!isDiskError(error, 'ENOENT')) throw error;
  }
}
