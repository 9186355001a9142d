import { join } from 'node:path';
import type { Hash } from '../../../src-shared/hash';
import type { WireName } from '../../../src-shared/nodes/ports';
import type { ValueByWire } from '../../../src-shared/runs/values';
import { temporaryName, writeNewFile } from '../../files/atomic-write';
import { hashContent, hashName } from '../../files/content-hash';
import { withDiskProblems } from '../../files/disk-problem';
import { type FsPort, isDiskError, statIfThere } from '../../files/fs-port';
import type { LocalBlobs } from './blobs';
import { type Provenance, type StoredValue, storedValueSchema, type ValueFiles } from './stored-value';
import { blobsOf, decodeValue, encodeValue } from './value-files';

/** Where a source file with this content lies now: paths are not part of stored values. */
export type LocateFile = (content: Hash) => string | undefined;

/**
 * Immutable values by the hash of what made them. A value is written beside its place, flushed, then renamed: it
 * is there whole or not at all. One whose files do not measure up counts as absent and is made again.
 */
export class ValueStore {
  constructor(
    private readonly fs: FsPort,
    private readonly folder: string,
    private readonly blobs: LocalBlobs,
  ) {}

  /** What is stored under the hash, by sizes alone (quick); undefined where anything is missing. Marks it as used. */
  async find(hash: Hash): Promise<StoredValue | undefined> {
    const stored = await this.readDescription(hash);
    if (!stored) return undefined;
    for (const [name, { bytes }] of Object.entries(stored.files)) {
      if ((await statIfThere(this.fs, join(this.pathOf(hash), name)))?.size !== bytes) return undefined;
    }
    for (const blob of stored.blobs) if (!(await this.blobs.has(blob))) return undefined;
    await this.touch(stored);
    return stored;
  }

  /** The value, every byte checked; undefined (and removed) where it is damaged, so that it is made again. */
  async read(hash: Hash, locate: LocateFile): Promise<{ type: WireName; value: ValueByWire[WireName] } | undefined> {
    const stored = await this.find(hash);
    const files = stored && (await this.readFiles(stored));
    if (!stored || !files) {
      await this.remove(hash);
      return undefined;
    }
    return { type: stored.type, value: decodeValue(stored.type, files, locate) };
  }

  async write<N extends WireName>(
    made: Provenance & { readonly type: N; readonly value: ValueByWire[N] },
  ): Promise<void> {
    const files = encodeValue(made.type, made.value);
    const path = this.pathOf(made.hash);
    await withDiskProblems(path, async () => {
      await this.fs.makeFolder(this.folder);
      const temporary = temporaryName(path);
      try {
        await this.writeFolder(temporary, files, describe(made, files));
        // What was written outside the store says where, and that may be another place than before.
        if (made.type === 'artifact') await this.remove(made.hash);
        await this.moveIn(temporary, made.hash);
      } catch (error) {
        await this.fs.remove(temporary).catch(() => undefined);
        throw error;
      }
      await this.fs.syncFolder(this.folder);
    });
  }

  async remove(hash: Hash): Promise<void> {
    await this.fs.remove(this.pathOf(hash));
  }

  pathOf(hash: Hash): string {
    return join(this.folder, hashName(hash));
  }

  private async writeFolder(folder: string, files: ValueFiles, description: StoredValue): Promise<void> {
    await this.fs.makeFolder(folder);
    for (const [name, bytes] of Object.entries(files)) await writeNewFile(this.fs, join(folder, name), bytes);
    await writeNewFile(this.fs, join(folder, 'value.json'), Buffer.from(JSON.stringify(description, undefined, 1)));
    await this.fs.syncFolder(folder);
  }

  /** Another process may have made the same value meanwhile: equal by construction, so either one may stay. */
  private async moveIn(temporary: string, hash: Hash): Promise<void> {
    try {
      await this.fs.rename(temporary, this.pathOf(hash));
    } catch (error) {
      if (!isDiskError(error, 'ENOTEMPTY') && !isDiskError(error, 'EEXIST')) throw error;
      if (await this.find(hash)) {
        await this.fs.remove(temporary);
        return;
      }
      await this.remove(hash);
      await this.fs.rename(temporary, this.pathOf(hash));
    }
  }

  private async readDescription(hash: Hash): Promise<StoredValue | undefined> {
    try {
      const text = Buffer.from(await this.fs.read(join(this.pathOf(hash), 'value.json'))).toString('utf8');
      const parsed = storedValueSchema.safeParse(JSON.parse(text));
      return parsed.success && parsed.data.hash === hash ? parsed.data : undefined;
    } catch (error) {
      if (isDiskError(error, 'ENOENT') || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  private async readFiles(stored: StoredValue): Promise<ValueFiles | undefined> {
    const files: Record<string, Uint8Array> = {};
    for (const [name, { sha256 }] of Object.entries(stored.files)) {
      const bytes = await this.fs.read(join(this.pathOf(stored.hash), name));
      if (hashContent(bytes) !== sha256) return undefined;
      files[name] = bytes;
    }
    for (const blob of stored.blobs) if (!(await this.blobs.verify(blob))) return undefined;
    return files;
  }

  /** For eviction only: a store that can be read and not written to is good enough to read from. */
  private async touch(stored: StoredValue): Promise<void> {
    await this.fs.touch(join(this.pathOf(stored.hash), 'value.json')).catch(() => undefined);
    for (const blob of stored.blobs) await this.blobs.touch(blob).catch(() => undefined);
  }
}

function describe(made: Provenance & { type: WireName }, files: ValueFiles): StoredValue {
  const measured = Object.entries(files).map(([name, bytes]) => [
    name,
    { bytes: bytes.length, sha256: hashContent(bytes) },
  ]);
  return {
    format: 'modelyard-value',
    version: 1,
    hash: made.hash,
    type: made.type,
    madeBy: made.madeBy,
    inputs: Object.fromEntries(Object.entries(made.inputs).map(([port, hashes]) => [port, [...hashes]])),
    seconds: made.seconds,
    files: Object.fromEntries(measured),
    blobs: blobsOf(files),
  };
}
