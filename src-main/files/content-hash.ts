import { createHash, hash as digest } from 'node:crypto';
import type { Hash } from '../../src-shared/hash';
import type { FsPort } from './fs-port';

/** SHA-256 by the system's library: the same hashes as `src-shared/hash.ts`, ten times as fast. Texts as UTF-8. */
export function hashContent(content: Uint8Array | string): Hash {
  return `sha256:${digestHex(content)}`;
}

export function digestHex(content: Uint8Array | string): string {
  return digest('sha256', content);
}

/** Hash of a file of any size, read in pieces. */
export async function hashFile(fs: FsPort, path: string, signal?: AbortSignal): Promise<Hash> {
  const hash = createHash('sha256');
  for await (const piece of fs.readPieces(path)) {
    signal?.throwIfAborted();
    hash.update(piece);
  }
  return `sha256:${hash.digest('hex')}`;
}

export function isHash(text: unknown): text is Hash {
  return typeof text === 'string' && /^sha256:[0-9a-f]{64}$/.test(text);
}

/** The form a hash takes as a name in a folder: `:` is not allowed on every system. */
export function hashName(hash: Hash): string {
  return hash.replace(':', '-');
}
