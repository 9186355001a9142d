import { dirname } from 'node:path';
import { temporaryName, writeAll } from './atomic-write';
import type { FsPort } from './fs-port';

/** Copies a file of any size to a path where nothing is yet; it appears there whole or not at all. */
export async function copyFile(fs: FsPort, from: string, to: string): Promise<void> {
  const temporary = temporaryName(to);
  await fs.makeFolder(dirname(to));
  try {
    const file = await fs.open(temporary, 'create-new');
    try {
      for await (const piece of fs.readPieces(from)) await writeAll(file, piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(temporary, to);
  } catch (error) {
    await fs.remove(temporary).catch(() => undefined);
    throw error;
  }
  await fs.syncFolder(dirname(to));
}
