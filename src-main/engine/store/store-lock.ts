import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { writeNewFile } from '../../files/atomic-write';
import { type FsPort, isDiskError, statIfThere } from '../../files/fs-port';
import { isProcessAlive } from '../../files/process-alive';

/** A lock whose owner is on a machine we cannot ask is broken after this long. */
const staleAfterMs = 10 * 60_000;
/** A lock that does not say who owns it is being written, or was cut. */
const unreadableAfterMs = 5_000;
const retryMs = 25;

/** Locks that work of this process holds now: one that names us and is not here was left by a failed removal. */
const heldHere = new Set<string>();

/**
 * Runs `work` while holding the store's one lock, a file naming its owner. Waits for other holders; a lock left
 * by a process that was killed is taken over.
 */
export async function withStoreLock<T>(fs: FsPort, root: string, work: () => Promise<T>): Promise<T> {
  const path = join(root, 'lock');
  const token = randomUUID();
  await fs.makeFolder(root);
  heldHere.add(token);
  try {
    await acquire(fs, path, token);
    try {
      return await work();
    } finally {
      await fs.remove(path).catch(() => undefined);
    }
  } finally {
    heldHere.delete(token);
  }
}

async function acquire(fs: FsPort, path: string, token: string): Promise<void> {
  const owner = Buffer.from(JSON.stringify({ pid: process.pid, host: hostname(), token }));
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

const ownerSchema = z.object({ pid: z.number(), host: z.string(), token: z.string() });

async function isStale(fs: FsPort, path: string): Promise<boolean> {
  const found = await statIfThere(fs, path);
  if (!found) return false;
  const age = Date.now() - found.mtimeMs;
  const owner = await readOwner(fs, path);
  if (!owner) return age > unreadableAfterMs;
  if (owner.host !== hostname()) return age > staleAfterMs;
  return owner.pid === process.pid ? !heldHere.has(owner.token) : !isProcessAlive(owner.pid);
}

async function readOwner(fs: FsPort, path: string): Promise<z.infer<typeof ownerSchema> | undefined> {
  try {
    return ownerSchema.safeParse(JSON.parse(Buffer.from(await fs.read(path)).toString('utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || isDiskError(error, 'ENOENT')) return undefined;
    throw error;
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
