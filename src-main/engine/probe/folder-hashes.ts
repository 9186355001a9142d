import { join } from 'node:path';
import { z } from 'zod';
import { type Hash, hashData } from '../../../src-shared/hash';
import { writeFileAtomic } from '../../files/atomic-write';
import { hashFile, hashName, isHash } from '../../files/content-hash';
import { withDiskProblems } from '../../files/disk-problem';
import type { FsPort } from '../../files/fs-port';
import { type ListedFile, listFolder } from './list-folder';

/** Files that are read at the same time. */
const atOnce = 16;
/** A file written to so recently may change again without its time changing: not to be remembered yet. */
const settledAfterMs = 2_000;

const recordSchema = z.record(z.string(), z.tuple([z.string(), z.string().refine(isHash)]));

interface Known {
  readonly identity: string;
  readonly hash: Hash;
}

interface Read {
  readonly signal?: AbortSignal | undefined;
  /** Reads no file: what is not remembered is not known. */
  readonly isQuick?: boolean;
}

/**
 * The hash of all that lies in a folder: names and contents. Contents are remembered by what tells files apart, in one
 * record a folder, so that a folder of a hundred thousand images is read once.
 */
export class FolderHashes {
  private readonly records = new Map<string, ReadonlyMap<string, Known>>();

  constructor(
    private readonly fs: FsPort,
    private readonly folder: string,
  ) {}

  /** Undefined where a quick look does not tell. Throws a ProblemError where the folder cannot be read. */
  async hash(path: string, extensions: readonly string[], read: Read = {}): Promise<Hash | undefined> {
    const files = await listFolder(this.fs, path, extensions);
    const known = this.records.get(path) ?? (await this.recall(path));
    const unknown = files.filter((file) => known.get(file.name)?.identity !== identityOf(file));
    if (unknown.length > 0 && read.isQuick) return undefined;
    const hashes = new Map([...known].map(([name, { hash }]) => [name, hash]));
    const added = await this.readAll(path, unknown, read.signal);
    for (const [name, hash] of added) hashes.set(name, hash);
    if (unknown.length > 0 || known.size !== files.length) await this.remember(path, files, hashes);
    return hashData(files.map(({ name }) => [name, hashes.get(name) ?? null]));
  }

  private async readAll(path: string, files: readonly ListedFile[], signal?: AbortSignal): Promise<[string, Hash][]> {
    const found: [string, Hash][] = [];
    for (let from = 0; from < files.length; from += atOnce) {
      const some = files.slice(from, from + atOnce);
      const read = async ({ name }: ListedFile): Promise<[string, Hash]> => {
        const file = join(path, name);
        return [name, await withDiskProblems(file, () => hashFile(this.fs, file, signal))];
      };
      found.push(...(await Promise.all(some.map(read))));
    }
    return found;
  }

  private recordPath(path: string): string {
    return join(this.folder, `folder-${hashName(hashData(path))}.json`);
  }

  private async recall(path: string): Promise<ReadonlyMap<string, Known>> {
    try {
      const record = recordSchema.parse(JSON.parse(Buffer.from(await this.fs.read(this.recordPath(path))).toString()));
      return new Map(
        Object.entries(record).flatMap(([name, [identity, hash]]): [string, Known][] =>
          isHash(hash) ? [[name, { identity, hash }]] : [],
        ),
      );
    } catch {
      // Not there or damaged: the files themselves are asked.
      return new Map();
    }
  }

  /** A memory that cannot be written is no reason to fail. */
  private async remember(path: string, files: readonly ListedFile[], hashes: ReadonlyMap<string, Hash>): Promise<void> {
    const settled = files.filter(({ mtimeMs }) => Date.now() - mtimeMs > settledAfterMs);
    const record = new Map<string, Known>();
    for (const file of settled) {
      const hash = hashes.get(file.name);
      if (hash) record.set(file.name, { identity: identityOf(file), hash });
    }
    this.records.set(path, record);
    const plain = Object.fromEntries([...record].map(([name, { identity, hash }]) => [name, [identity, hash]]));
    await this.fs
      .makeFolder(this.folder)
      .then(() => writeFileAtomic(this.fs, this.recordPath(path), Buffer.from(JSON.stringify(plain))))
      .catch(() => undefined);
  }
}

function identityOf({ size, mtimeMs, inode }: ListedFile): string {
  return `${size} ${mtimeMs} ${inode}`;
}
