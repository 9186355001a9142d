import { join } from 'node:path';
import type { Hash } from '../../../src-shared/hash';
import { fail } from '../../../src-shared/problem';
import type { BlobStore } from '../../../src-shared/runs/run-context';
import { temporaryName, writeNewFile } from '../../files/atomic-write';
import { hashContent, hashFile, hashName } from '../../files/content-hash';
import { withDiskProblems } from '../../files/disk-problem';
import { type FsPort, statIfThere } from '../../files/fs-port';

/** Blobs on this machine's disk: what reads files itself (DuckDB) asks for their paths. */
export interface LocalBlobs extends BlobStore {
  /** Where the blob's bytes lie. The file must not be written to. */
  localPath(hash: Hash): string;
  /** Moves a finished file in; it must lie on the same disk. */
  adopt(path: string): Promise<Hash>;
  /** Whether the blob is there and its bytes are what its name says; a damaged one is removed. */
  verify(hash: Hash): Promise<boolean>;
  has(hash: Hash): Promise<boolean>;
  touch(hash: Hash): Promise<void>;
}

/** Content by its own hash. The same bytes are kept once, whoever put them. */
export class BlobFolder implements LocalBlobs {
  /** Checked in this process already: contents do not change. */
  private readonly verified = new Set<Hash>();
  private readonly checking = new Map<Hash, Promise<boolean>>();

  constructor(
    private readonly fs: FsPort,
    private readonly folder: string,
  ) {}

  localPath(hash: Hash): string {
    return join(this.folder, hashName(hash));
  }

  async has(hash: Hash): Promise<boolean> {
    return (await statIfThere(this.fs, this.localPath(hash)))?.kind === 'file';
  }

  async put(bytes: Uint8Array): Promise<Hash> {
    const hash = hashContent(bytes);
    const path = this.localPath(hash);
    return withDiskProblems(path, async () => {
      if (await this.verify(hash)) {
        await this.touch(hash);
        return hash;
      }
      await this.fs.makeFolder(this.folder);
      const temporary = temporaryName(path);
      try {
        await writeNewFile(this.fs, temporary, bytes);
        await this.fs.rename(temporary, path);
      } catch (error) {
        await this.fs.remove(temporary).catch(() => undefined);
        throw error;
      }
      await this.fs.syncFolder(this.folder);
      this.verified.add(hash);
      return hash;
    });
  }

  async adopt(source: string): Promise<Hash> {
    return withDiskProblems(source, async () => {
      const hash = await hashFile(this.fs, source);
      await this.fs.makeFolder(this.folder);
      await this.fs.rename(source, this.localPath(hash));
      await this.fs.syncFolder(this.folder);
      return hash;
    });
  }

  async get(hash: Hash): Promise<Uint8Array> {
    const path = this.localPath(hash);
    return withDiskProblems(path, async () => {
      if (!(await this.has(hash))) fail('stored-data-lost', { path });
      const bytes = await this.fs.read(path);
      if (!this.verified.has(hash) && hashContent(bytes) !== hash) {
        await this.fs.remove(path);
        fail('stored-data-lost', { path });
      }
      this.verified.add(hash);
      return bytes;
    });
  }

  async readInto(hash: Hash, into: Uint8Array, from: number): Promise<void> {
    const path = this.localPath(hash);
    await withDiskProblems(path, async () => {
      const isWhole = (await this.verify(hash)) && (await this.fs.readInto(path, into, from)) === into.length;
      if (!isWhole) fail('stored-data-lost', { path });
    });
  }

  async verify(hash: Hash): Promise<boolean> {
    if (!(await this.has(hash))) return false;
    if (this.verified.has(hash)) return true;
    // Several readers of one blob wait for the same check.
    const checking = this.checking.get(hash) ?? this.check(hash).finally(() => this.checking.delete(hash));
    this.checking.set(hash, checking);
    return checking;
  }

  private async check(hash: Hash): Promise<boolean> {
    const path = this.localPath(hash);
    if ((await hashFile(this.fs, path)) === hash) {
      this.verified.add(hash);
      return true;
    }
    await this.fs.remove(path);
    return false;
  }

  async touch(hash: Hash): Promise<void> {
    await this.fs.touch(this.localPath(hash));
  }
}
