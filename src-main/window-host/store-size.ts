import { join } from 'node:path';
import { type FsPort, listIfThere, statIfThere } from '../files/fs-port';

/** Bytes of all files below a folder. What goes away meanwhile counts nothing. */
export async function sizeOfFolder(fs: FsPort, folder: string): Promise<number> {
  let total = 0;
  for (const name of await listIfThere(fs, folder)) {
    const path = join(folder, name);
    const found = await statIfThere(fs, path);
    if (found?.kind === 'file') total += found.size;
    if (found?.kind === 'folder') total += await sizeOfFolder(fs, path);
  }
  return total;
}
