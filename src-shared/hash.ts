import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** `sha256:` and 64 hexadecimal digits. */
export type Hash = `sha256:${string}`;

export function hashBytes(bytes: Uint8Array): Hash {
  return `sha256:${bytesToHex(sha256(bytes))}`;
}

/** The hash of plain data, independent of the order of keys. */
export function hashData(data: unknown): Hash {
  return hashBytes(utf8ToBytes(stableStringify(data)));
}

/** JSON with sorted keys; `undefined` members are left out. */
export function stableStringify(data: unknown, indent?: number): string {
  return JSON.stringify(sortKeys(data), undefined, indent);
}

function sortKeys(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(sortKeys);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, value]) => [key, sortKeys(value)]),
  );
}
