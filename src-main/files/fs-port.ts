import { constants, createReadStream, watch } from 'node:fs';
import * as disk from 'node:fs/promises';
import { dirname } from 'node:path';

/** What is known of a path without reading it. */
export interface FsStat {
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  readonly mtimeMs: number;
  readonly inode: number;
  /** Permission bits. */
  readonly mode: number;
}

export interface FsFile {
  /** Writes some of `bytes` and says how many: fewer than given where the disk takes no more. */
  write(bytes: Uint8Array): Promise<number>;
  /** Returns once the bytes are on the disk, not just handed to the system. */
  sync(): Promise<void>;
  /** Length of the file as the system sees it. */
  size(): Promise<number>;
  close(): Promise<void>;
}

export type OpenMode = 'create-new' | 'append';

/**
 * All that the app does to disks. One port, so that tests can make the n-th call fail and see that nothing is lost.
 * Errors are Node's, with `code` (`ENOSPC`, `EACCES`, …); `files/disk-problem.ts` turns them into sentences.
 */
export interface FsPort {
  open(path: string, mode: OpenMode): Promise<FsFile>;
  read(path: string): Promise<Uint8Array>;
  /** Fills `into` with the bytes that begin at `from`, and says how many there were. */
  readInto(path: string, into: Uint8Array, from: number): Promise<number>;
  /** The file in pieces of about a megabyte, for those too large to hold. */
  readPieces(path: string): AsyncIterable<Uint8Array>;
  stat(path: string): Promise<FsStat>;
  list(folder: string): Promise<string[]>;
  /** Makes the folder and those above it. */
  makeFolder(path: string): Promise<void>;
  /** Replaces a file at `to`; never a folder that holds something. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file or a folder with all it holds; what is not there is no error. */
  remove(path: string): Promise<void>;
  /** Flushes a folder's list of names, so that a rename outlives a power cut. */
  syncFolder(path: string): Promise<void>;
  /** Says that the path was used now (for least-recently-used). */
  touch(path: string): Promise<void>;
  setMode(path: string, mode: number): Promise<void>;
  /** Follows links. */
  realPath(path: string): Promise<string>;
  /** Whether this user may write to a file, or make files in a folder; false where the path is not there. */
  isWritable(path: string): Promise<boolean>;
  /**
   * Calls back when names in a folder change or their files do, with the name where the system tells it. Returns what
   * stops it. A system without watchers left never calls: a hint, not a promise.
   */
  watch(folder: string, onChange: (name: string | undefined) => void): () => void;
}

class DiskFile implements FsFile {
  constructor(private readonly handle: disk.FileHandle) {}
  async write(bytes: Uint8Array): Promise<number> {
    return (await this.handle.write(bytes)).bytesWritten;
  }
  async sync(): Promise<void> {
    await this.handle.sync();
  }
  async size(): Promise<number> {
    return (await this.handle.stat()).size;
  }
  async close(): Promise<void> {
    await this.handle.close();
  }
}

const openFlags: Record<OpenMode, string> = { 'create-new': 'wx', append: 'a' };

/** The real disk. */
export const realFs: FsPort = {
  async open(path, mode) {
    return new DiskFile(await disk.open(path, openFlags[mode]));
  },
  async read(path) {
    return disk.readFile(path);
  },
  async readInto(path, into, from) {
    const handle = await disk.open(path, constants.O_RDONLY);
    try {
      let done = 0;
      while (done < into.length) {
        const { bytesRead } = await handle.read(into, done, into.length - done, from + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return done;
    } finally {
      await handle.close();
    }
  },
  readPieces(path) {
    return createReadStream(path, { highWaterMark: 1 << 20 });
  },
  async stat(path) {
    const found = await disk.stat(path);
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
    return { kind, size: found.size, mtimeMs: found.mtimeMs, inode: found.ino, mode: found.mode & 0o7777 };
  },
  async list(folder) {
    return (await disk.readdir(folder)).sort();
  },
  async makeFolder(path) {
    await disk.mkdir(path, { recursive: true }).catch(async (error: unknown) => {
      throw await folderError(path, error);
    });
  },
  async rename(from, to) {
    await disk.rename(from, to);
  },
  async remove(path) {
    await disk.rm(path, { recursive: true, force: true });
  },
  async syncFolder(path) {
    // Windows cannot open folders; there the rename itself is journalled by the file system.
    if (process.platform === 'win32') return;
    const handle = await disk.open(path, constants.O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  async touch(path) {
    const now = new Date();
    await disk.utimes(path, now, now);
  },
  async setMode(path, mode) {
    await disk.chmod(path, mode);
  },
  async realPath(path) {
    return disk.realpath(path);
  },
  async isWritable(path) {
    const isAllowed = await disk.access(path, constants.W_OK).then(
      () => true,
      () => false,
    );
    // Whoever may do everything still means it when a file is marked as not to be written.
    return isAllowed && ((await disk.stat(path)).mode & 0o222) !== 0;
  },
  watch(folder, onChange) {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => onChange(name ?? undefined));
      watcher.on('error', () => watcher.close());
      return () => watcher.close();
    } catch {
      return () => undefined;
    }
  },
};

/**
 * Why a folder cannot be made. Making those above it too, Node says ENOENT on a read-only disk and EEXIST where a
 * file stands in the way.
 */
async function folderError(path: string, error: unknown): Promise<unknown> {
  if (isDiskError(error, 'EEXIST')) return Object.assign(error, { code: 'ENOTDIR' });
  if (!isDiskError(error, 'ENOENT')) return error;
  const above = dirname(path);
  const isThere = await disk.stat(above).catch(() => undefined);
  if (!isThere) return above === path ? error : folderError(above, error);
  return disk.mkdir(path).then(
    () => error,
    (reason: unknown) => reason,
  );
}

/** Whether the error is of the disk, with this code where one is given. */
export function isDiskError(error: unknown, code?: string): error is NodeJS.ErrnoException {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return code === undefined ? /^E[A-Z0-9]+$/.test(error.code) : error.code === code;
}

/** `stat`, or undefined where there is nothing. */
export async function statIfThere(fs: FsPort, path: string): Promise<FsStat | undefined> {
  try {
    return await fs.stat(path);
  } catch (error) {
    if (isDiskError(error, 'ENOENT') || isDiskError(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** `list`, or nothing where the folder is not there. */
export async function listIfThere(fs: FsPort, folder: string): Promise<string[]> {
  try {
    return await fs.list(folder);
  } catch (error) {
    if (isDiskError(error, 'ENOENT') || isDiskError(error, 'ENOTDIR')) return [];
    throw error;
  }
}
