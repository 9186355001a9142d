import { dirname, join } from 'node:path';
import { fail } from '../../src-shared/problem';
import { temporaryName, writeNewFile } from '../files/atomic-write';
import { type FsPort, listIfThere, statIfThere } from '../files/fs-port';
import type { BundleFiles } from './export-formats';

/**
 * Refuses a target that holds something which is not a bundle.
 * @throws ProblemError `export-folder-taken`
 */
export async function checkTarget(fs: FsPort, to: string): Promise<void> {
  const found = await statIfThere(fs, to);
  if (!found) return;
  if (found.kind !== 'folder') fail('export-folder-taken', { path: to });
  const names = await fs.list(to);
  if (names.length > 0 && !(await isBundle(fs, to))) fail('export-folder-taken', { path: to });
}

async function isBundle(fs: FsPort, folder: string): Promise<boolean> {
  if (!(await statIfThere(fs, join(folder, 'metadata.json')))) return false;
  const text = new TextDecoder().decode(await fs.read(join(folder, 'metadata.json')));
  return text.includes('"modelyard-bundle"');
}

/** Makes a new folder beside `to`, so that the move at the end stays on one disk. */
export async function makeTemporary(fs: FsPort, to: string): Promise<string> {
  await fs.makeFolder(dirname(to));
  const temporary = temporaryName(to);
  await fs.makeFolder(temporary);
  return temporary;
}

export async function writeFiles(fs: FsPort, folder: string, files: BundleFiles): Promise<void> {
  for (const [path, bytes] of Object.entries(files)) {
    await fs.makeFolder(dirname(join(folder, path)));
    await writeNewFile(fs, join(folder, path), bytes);
  }
}

/** Puts the finished folder in its place. An older bundle there goes once the new one stands. */
export async function moveIntoPlace(fs: FsPort, temporary: string, to: string): Promise<void> {
  if ((await listIfThere(fs, to)).length === 0) {
    await fs.remove(to);
    await fs.rename(temporary, to);
  } else {
    const aside = temporaryName(to);
    await fs.rename(to, aside);
    await fs.rename(temporary, to).catch(async (error: unknown) => {
      await fs.rename(aside, to);
      throw error;
    });
    await fs.remove(aside);
  }
  await fs.syncFolder(dirname(to));
}
