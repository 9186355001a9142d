import { join } from 'node:path';
import { z } from 'zod';
import { type Hash, hashData } from '../../../src-shared/hash';
import { writeFileAtomic } from '../../files/atomic-write';
import { readProven, withSum } from '../../files/checked-json';
import { hashFile, hashName, isHash } from '../../files/content-hash';
import { withDiskProblems } from '../../files/disk-problem';
import type { FsPort, FsStat } from '../../files/fs-port';
import { requireFile } from '../../files/require-file';
import { SharedWork } from './shared-work';

/** What tells that a file is still the one that was read: not its content, but it changes with it. */
export interface FileIdentity {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  /** When the system last saw it change: unlike the time above, no program can set it back. */
  readonly changedMs: number;
  readonly inode: number;
}

const recordSchema = z.looseObject({
  path: z.string(),
  size: z.number(),
  mtimeMs: z.number(),
  changedMs: z.number(),
  inode: z.number(),
  hash: z.string().refine(isHash),
});

/** A file that changed so recently may change again without its times changing: not to be remembered yet. */
const settledAfterMs = 2_000;

/**
 * Content hashes of source files, remembered on disk by path, size, times and inode, so that a gigabyte is read once.
 * Where a file system tells no inode or no time of change, each is read whenever it is asked for. Knows afterwards where
 * each content lies.
 */
export class FileHashes {
  private readonly places = new Map<Hash, string>();
  private readonly reading = new SharedWork<Hash>();

  constructor(
    private readonly fs: FsPort,
    private readonly folder: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** Where a file with this content was last seen in this process. */
  readonly locate = (content: Hash): string | undefined => this.places.get(content);

  /** Throws a ProblemError where the file cannot be read. */
  async identify(path: string): Promise<FileIdentity> {
    return identityOf(path, await requireFile(this.fs, path));
  }

  async hash(path: string, signal?: AbortSignal): Promise<Hash> {
    const identity = await this.identify(path);
    const hash = (await this.recall(identity)) ?? (await this.share(identity, signal));
    this.places.set(hash, path);
    return hash;
  }

  /** The hash where it is remembered; the file is not read. Throws a ProblemError where it is not there. */
  async known(path: string): Promise<Hash | undefined> {
    const hash = await this.recall(await this.identify(path));
    if (hash) this.places.set(hash, path);
    return hash;
  }

  private share(identity: FileIdentity, signal: AbortSignal | undefined): Promise<Hash> {
    return this.reading.ask(JSON.stringify(identity), signal, (stop) => this.compute(identity, stop));
  }

  private async compute(identity: FileIdentity, signal: AbortSignal | undefined): Promise<Hash> {
    const { path } = identity;
    const hash = await withDiskProblems(path, () => hashFile(this.fs, path, signal));
    if (await this.isSettled(identity)) await this.remember(identity, hash);
    return hash;
  }

  /** Whether nobody can change the file from now on without its identity changing. */
  private async isSettled({ path, mtimeMs, changedMs, inode }: FileIdentity): Promise<boolean> {
    if (inode === 0 || !(changedMs > 0)) return false;
    return this.now() - Math.max(mtimeMs, changedMs) > settledAfterMs && (await this.fs.tellsChanges(path));
  }

  private recordPath(path: string): string {
    return join(this.folder, `file-${hashName(hashData(path))}.json`);
  }

  private async recall(identity: FileIdentity): Promise<Hash | undefined> {
    try {
      const record = readProven(await this.fs.read(this.recordPath(identity.path)));
      const { hash, ...known } = recordSchema.parse(record);
      return isSame(known, identity) && isHash(hash) ? hash : undefined;
    } catch {
      // Not there or damaged: the file itself is asked.
      return undefined;
    }
  }

  /** A memory that cannot be written is no reason to fail. */
  private async remember(identity: FileIdentity, hash: Hash): Promise<void> {
    const bytes = Buffer.from(withSum(JSON.stringify({ ...identity, hash })));
    await this.fs
      .makeFolder(this.folder)
      .then(() => writeFileAtomic(this.fs, this.recordPath(identity.path), bytes))
      .catch(() => undefined);
  }
}

function identityOf(path: string, { size, mtimeMs, changedMs, inode }: FsStat): FileIdentity {
  return { path, size, mtimeMs, changedMs, inode };
}

function isSame(a: FileIdentity, b: FileIdentity): boolean {
  const isSameFile = a.path === b.path && a.inode === b.inode && a.size === b.size;
  return isSameFile && a.mtimeMs === b.mtimeMs && a.changedMs === b.changedMs;
}
