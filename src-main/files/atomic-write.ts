import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { type FsFile, type FsPort, isDiskError, listIfThere, statIfThere } from './fs-port';
import { isProcessAlive } from './process-alive';

/**
 * Replaces a file so that at every moment, power cut included, the path holds the old bytes or the new ones:
 * new temporary file → all bytes → flush → close → size check → rename → flush the folder. A link is written
 * through to the file it names, whose permissions stay. Throws the disk's error; the old file is then untouched.
 */
export async function writeFileAtomic(fs: FsPort, path: string, bytes: Uint8Array): Promise<void> {
  const target = await throughLinks(fs, path);
  const temporary = temporaryName(target);
  try {
    await writeNewFile(fs, temporary, bytes);
    const old = await statIfThere(fs, target);
    if (old) await fs.setMode(temporary, old.mode);
    await fs.rename(temporary, target);
  } catch (error) {
    await fs.remove(temporary).catch(() => undefined);
    throw error;
  }
  await fs.syncFolder(dirname(target));
}

/**
 * Writes a file that is not there yet and returns once its bytes are on the disk; the folder is not flushed. A file
 * that cannot be written whole is removed again.
 */
export async function writeNewFile(fs: FsPort, path: string, bytes: Uint8Array): Promise<void> {
  const file = await fs.open(path, 'create-new');
  try {
    await writeAll(file, bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  // Some file systems take bytes, report success and keep fewer: never rename what was not measured.
  const { size } = await fs.stat(path);
  if (size !== bytes.length)
    throw Object.assign(new Error(`${size} of ${bytes.length} bytes`), { code: 'ENOSPC', path });
}

/** One write call may take only a part; a disk that takes nothing is full. */
export async function writeAll(file: FsFile, bytes: Uint8Array): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const taken = await file.write(bytes.subarray(done));
    if (taken === 0) throw Object.assign(new Error('The disk takes no more bytes.'), { code: 'ENOSPC' });
    done += taken;
  }
}

const temporaryPattern = /^\..+\.(\d+)-[0-9a-f]{8}\.yard-tmp$/;

/** A name beside `path` that says which process it belongs to. */
export function temporaryName(path: string): string {
  const owner = `${process.pid}-${randomBytes(4).toString('hex')}`;
  return join(dirname(path), `.${cutToBytes(basename(path), longestStem)}.${owner}.yard-tmp`);
}

/** File systems take names of 255 bytes; this leaves room for what says whose the file is. */
const longestStem = 200;

/** The start of a text that has at most so many bytes in UTF-8, cut between characters. */
export function cutToBytes(text: string, limit: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}

/**
 * Removes temporary files and folders that killed processes left: ours by name, older than a minute, owner gone.
 * Returns how many went.
 */
export async function sweepTemporaryFiles(fs: FsPort, folder: string, now: number): Promise<number> {
  let removed = 0;
  for (const name of await listIfThere(fs, folder)) {
    const owner = temporaryPattern.exec(name)?.[1];
    if (!owner || isProcessAlive(Number(owner))) continue;
    const found = await statIfThere(fs, join(folder, name));
    if (!found || now - found.mtimeMs < 60_000) continue;
    await fs.remove(join(folder, name));
    removed += 1;
  }
  return removed;
}

async function throughLinks(fs: FsPort, path: string): Promise<string> {
  try {
    return await fs.realPath(path);
  } catch (error) {
    if (isDiskError(error, 'ENOENT')) return path;
    throw error;
  }
}
