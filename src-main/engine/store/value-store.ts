import { join } from 'node:path';
import type { Hash } from '../../../src-shared/hash';
import { mapValues } from '../../../src-shared/map-values';
import { ProblemError } from '../../../src-shared/problem';
import type { TypedValue, ValueByWire } from '../../../src-shared/runs/values';
import type { WireName } from '../../../src-shared/types/ports';
import { temporaryName, writeNewFile } from '../../files/atomic-write';
import { hashContent, hashName } from '../../files/content-hash';
import { diskProblem, withDiskProblems } from '../../files/disk-problem';
import { type FsPort, isDiskError, listIfThere, statIfThere } from '../../files/fs-port';
import type { LocalBlobs } from './blobs';
import type { StoreFolders } from './store-folder';
import {
  type EncodedFiles,
  type Provenance,
  type StoredValue,
  storedValueSchema,
  type ValueFiles,
  wireNames,
} from './stored-value';
import { blobsOf, decodeValue, encodeValue } from './value-files';
import { ValueLog } from './value-log';

/** Where a source file with this content lies now: paths are not part of stored values. */
export type LocateFile = (content: Hash) => string | undefined;

/** Values of at most so many characters, all of them JSON, are lines of the log. */
const smallSize = 16 * 2 ** 10;

/**
 * Immutable values by the hash of what made them. A small one is a line of the log; another is written beside its
 * place, flushed, then renamed. Either is there whole or not at all; one whose bytes do not measure up counts as
 * absent and is made again.
 */
export class ValueStore {
  private readonly folder: string;
  private readonly log: ValueLog<SmallValue>;
  /** Names in the folder as of the last `refresh`, and those that were written since. */
  private names: Set<string> | undefined;

  constructor(
    private readonly fs: FsPort,
    folders: Pick<StoreFolders, 'values' | 'log'>,
    private readonly blobs: LocalBlobs,
  ) {
    this.folder = folders.values;
    this.log = new ValueLog(fs, folders.log, parseSmall);
  }

  /** Takes note of what other processes have written and removed. */
  async refresh(): Promise<void> {
    await this.log.refresh();
    this.names = new Set(await listIfThere(this.fs, this.folder));
  }

  /** Whether there was anything of this name at the last `refresh`: what `find` looks at more closely. */
  mayHave(hash: Hash): boolean {
    return this.log.has(hash) || this.names?.has(hashName(hash)) === true;
  }

  /**
   * What is stored under the hash as of the last `refresh`, by sizes alone (quick); undefined where anything is
   * missing. Marks it as used.
   */
  async find(hash: Hash): Promise<FoundValue | undefined> {
    if (!this.names) await this.refresh();
    const stored = this.log.get(hash) ?? (await this.findFolder(hash));
    if (!stored) return undefined;
    for (const blob of stored.blobs) if (!(await this.blobs.has(blob))) return undefined;
    for (const blob of stored.blobs) await this.blobs.touch(blob).catch(() => undefined);
    return stored;
  }

  /** The value, every byte checked; undefined (and removed) where it is damaged, so that it is made again. */
  async read(hash: Hash, locate: LocateFile): Promise<TypedValue | undefined> {
    const stored = (await this.find(hash)) ?? (await this.findFresh(hash));
    const files = stored && (await this.readFiles(stored));
    if (!stored || !files) {
      await this.remove(hash);
      return undefined;
    }
    // The codec of a type gives values of it.
    return { type: stored.type, value: decodeValue(stored.type, files, locate) } as TypedValue;
  }

  /**
   * Keeps a value. A small one can be read back at once, nothing is to be waited for, and it is on the disk after
   * `flush`; `onLost` is told its disk problem where that does not succeed. Another is there once the promise is
   * kept, which throws its problem.
   */
  write<N extends WireName>(
    made: Provenance & { readonly type: N; readonly value: ValueByWire[N] },
    onLost: (error: unknown) => void = () => undefined,
  ): Promise<void> | undefined {
    const files = encodeValue(made.type, made.value);
    if (!isSmall(made.type, files)) return this.writeLarge(made, files);
    this.writeSmall(made, files, onLost);
    return undefined;
  }

  /** Waits until all that was written is on the disk, or lost. */
  async flush(): Promise<void> {
    await this.log.flush();
  }

  private writeSmall(made: Description, files: SmallFiles, onLost: (error: unknown) => void): void {
    const { type, madeBy, seconds } = made;
    // What it was made from stands in the records of its run.
    const about = JSON.stringify({ madeBy, seconds });
    let text = `${type}${separator}${blobsOf(files).join(' ')}${separator}${about}`;
    for (const name in files) text += `${separator}${name}${separator}${files[name]}`;
    this.log.add(made.hash, text, (error) => {
      onLost(isDiskError(error) ? new ProblemError(diskProblem(error, this.folder)) : error);
    });
  }

  private async writeLarge(made: Description, encoded: EncodedFiles): Promise<void> {
    const files = Object.fromEntries(Object.entries(encoded).map(([name, content]) => [name, bytesOf(content)]));
    const path = this.pathOf(made.hash);
    await withDiskProblems(path, async () => {
      await this.fs.makeFolder(this.folder);
      const temporary = temporaryName(path);
      try {
        await this.writeFolder(temporary, files, describe(made, { files: measure(files), blobs: blobsOf(encoded) }));
        // What was written outside the store says where, and that may be another place than before.
        if (made.type === 'artifact') await this.remove(made.hash);
        await this.moveIn(temporary, made.hash);
      } catch (error) {
        await this.fs.remove(temporary).catch(() => undefined);
        throw error;
      }
      await this.fs.syncFolder(this.folder);
    });
    this.names?.add(hashName(made.hash));
  }

  async remove(hash: Hash): Promise<void> {
    this.log.remove(hash);
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

  private async findFolder(hash: Hash): Promise<StoredValue | undefined> {
    if (!this.names?.has(hashName(hash))) return undefined;
    const stored = await this.readDescription(hash);
    if (!stored) return undefined;
    for (const [name, { bytes }] of Object.entries(stored.files)) {
      if ((await statIfThere(this.fs, join(this.pathOf(hash), name)))?.size !== bytes) return undefined;
    }
    // For eviction only: a store that can be read and not written to is good enough to read from.
    await this.fs.touch(join(this.pathOf(hash), 'value.json')).catch(() => undefined);
    return stored;
  }

  /** Another process may have written it since. */
  private async findFresh(hash: Hash): Promise<FoundValue | undefined> {
    await this.refresh();
    return this.find(hash);
  }

  private async readFiles(stored: FoundValue): Promise<EncodedFiles | undefined> {
    for (const blob of stored.blobs) if (!(await this.blobs.verify(blob))) return undefined;
    if ('payload' in stored) return stored.payload;
    const files: Record<string, Uint8Array> = {};
    for (const [name, { sha256 }] of Object.entries(stored.files)) {
      const bytes = await this.fs.read(join(this.pathOf(stored.hash), name));
      if (hashContent(bytes) !== sha256) return undefined;
      files[name] = bytes;
    }
    return files;
  }
}

type Description = Provenance & { readonly type: WireName };

type SmallFiles = Readonly<Record<string, string>>;

/** What is asked of a line of the log; where the value came from stays text. */
interface SmallValue extends Pick<StoredValue, 'type' | 'blobs'> {
  readonly payload: SmallFiles;
}

type FoundValue = SmallValue | StoredValue;

/** JSON of one line holds no tabs. */
const separator = '\t';

/** What `writeSmall` wrote, for the log has checked every byte; a line of an earlier form counts as absent. */
function parseSmall(text: string): SmallValue | undefined {
  const [name, blobs, , ...named] = text.split(separator);
  const type = wireNames.find((one) => one === name);
  if (!type) return undefined;
  const payload: Record<string, string> = {};
  for (let at = 0; at < named.length; at += 2) payload[named[at] ?? ''] = named[at + 1] ?? '';
  // Hashes, separated by spaces.
  return { type, blobs: blobs ? (blobs.split(' ') as Hash[]) : [], payload };
}

/** An artifact says where it was written last: it is replaced, which lines of a log are not. */
function isSmall(type: WireName, files: EncodedFiles): files is SmallFiles {
  let size = 0;
  for (const name in files) {
    const content = files[name];
    if (typeof content !== 'string') return false;
    size += content.length;
  }
  return type !== 'artifact' && size <= smallSize;
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

function measure(files: ValueFiles): StoredValue['files'] {
  const measured = Object.entries(files).map(([name, bytes]) => [
    name,
    { bytes: bytes.length, sha256: hashContent(bytes) },
  ]);
  return Object.fromEntries(measured);
}

function describe(
  { hash, type, madeBy, inputs, seconds }: Description,
  payload: Pick<StoredValue, 'files' | 'blobs'>,
): StoredValue {
  const from = mapValues(inputs, (hashes) => hashes.filter((input) => input !== null));
  return { format: 'modelyard-value', version: 1, hash, type, madeBy, inputs: from, seconds, ...payload };
}
