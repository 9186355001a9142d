import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Hash } from '../../../src-shared/hash';
import { withDiskProblems } from '../../files/disk-problem';
import { type FsFile, type FsPort, statIfThere } from '../../files/fs-port';
import { type Encoding, isBigEndian } from './detect-encoding';

export interface Utf8CopyOptions {
  readonly fs: FsPort;
  readonly tempFolder: string;
  readonly encoding: Encoding;
  /** Hash of the file's content: the copy is kept under it and used again. Without it the copy is new each time. */
  readonly hash?: Hash;
  /** How many bytes of the source are read at most; the last line may then be cut. */
  readonly limit?: number;
}

const labels: Record<Exclude<Encoding, 'utf-8' | 'utf-16'>, string> = { gbk: 'gb18030', 'latin-1': 'latin1' };

/**
 * A UTF-8 copy of a text file in the folder for temporary files, made piece by piece, so that its size does not
 * matter. Characters that are not valid in the encoding become U+FFFD.
 */
export async function makeUtf8Copy(path: string, options: Utf8CopyOptions): Promise<string> {
  const { fs, tempFolder, encoding, hash } = options;
  const name = hash ? `utf8-${hash.slice('sha256:'.length)}-${encoding}` : `utf8-${randomBytes(8).toString('hex')}`;
  const copy = join(tempFolder, `${name}.csv`);
  if (hash && (await statIfThere(fs, copy))) return copy;
  await fs.makeFolder(tempFolder);
  const unfinished = `${copy}.${randomBytes(4).toString('hex')}.part`;
  await withDiskProblems(copy, async () => {
    try {
      const file = await fs.open(unfinished, 'create-new');
      try {
        for await (const piece of decoded(path, options)) await writeAll(file, piece);
      } finally {
        await file.close();
      }
      await fs.rename(unfinished, copy);
    } catch (error) {
      await fs.remove(unfinished).catch(() => undefined);
      throw error;
    }
  });
  return copy;
}

async function* decoded(path: string, options: Utf8CopyOptions): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  for await (const piece of options.fs.readPieces(path)) {
    decoder ??= new TextDecoder(labelOf(options.encoding, piece));
    yield encoder.encode(decoder.decode(piece.subarray(0, Math.min(piece.length, left)), { stream: true }));
    left -= piece.length;
    if (left <= 0) return;
  }
  yield encoder.encode(decoder?.decode() ?? '');
}

function labelOf(encoding: Encoding, start: Uint8Array): string {
  if (encoding === 'utf-8') return 'utf-8';
  if (encoding === 'utf-16') return isBigEndian(start) ? 'utf-16be' : 'utf-16le';
  return labels[encoding];
}

async function writeAll(file: FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += await file.write(bytes.subarray(done));
}
