import { join } from 'node:path';
import { z } from 'zod';
import { type Hash, hashData } from '../../../src-shared/hash';
import { writeFileAtomic } from '../../files/atomic-write';
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
  readonly inode: number;
}

const recordSchema = z.looseObject({
  path: z.string(),
  size: z.number(),
  mtimeMs: z.number(),
  inode: z.number(),
  hash: z.string().refine(isHash),
});

/** A file written to so recently may change again without its time changing: not to be remembered yet. */
const settledAfterMs = 2_000;

/**
 * Content hashes of source files, remembered on disk by path, size, time and inode, so that a gigabyte is read once.
 * Knows afterwards where each content lies.
 */
export class FileHashes {
  private readonly places = new Map<Hash, string>();
  private readonly reading = new SharedWork<Hash>();

  constructor(
    private readonly fs: FsPort,
    private readonly folder: string,
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
    if (Date.now() - identity.mtimeMs > settledAfterMs) await this.remember(identity, hash);
    return hash;
  }

  private recordPath(path: string): string {
    return join(this.folder, `file-${hashName(hashData(path))}.json`);
  }

  private async recall(identity: FileIdentity): Promise<Hash | undefined> {
    try {
      const text = Buffer.from(await this.fs.read(this.recordPath(identity.path))).toString('utf8');
      const { hash, ...known } = recordSchema.parse(JSON.parse(text));
      return isSame(known, identity) && isHash(hash) ? hash : undefined;
    } catch {
      // Not there or damaged: the file itself is asked.
      return undefined;
    }
  }

  /** A memory that cannot be written is no reason to fail. */
  private async remember(identity: FileIdentity, hash: Hash): Promise<void> {
    const bytes = Buffer.from(JSON.stringify({ ...identity, hash }));
    await this.fs
      .makeFolder(this.folder)
      .then(() => writeFileAtomic(this.fs, this.recordPath(identity.path), bytes))
      .catch(() => undefined);
  }
}

function identityOf(path: string, { size, mtimeMs, inode }: FsStat): FileIdentity {
  return { path, size, mtimeMs, inode };
}

function isSame(a: FileIdentity, b: FileIdentity): boolean {
  return a.path === b.path && a.size === b.size && a.mtimeMs === b.mtimeMs && a.inode === b.inode;
}
