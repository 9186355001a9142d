import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** `sha256:` and 64 hexadecimal digits. */
export type Hash = `sha256:${string}`;

let digestText = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** Hands over the system's SHA-256 of a text as UTF-8, in hexadecimal: the same digits, several times as fast. */
export function takeSystemDigest(digest: (text: string) => string): void {
  digestText = digest;
}

export function hashBytes(bytes: Uint8Array): Hash {
  return `sha256:${bytesToHex(sha256(bytes))}`;
}

/** The hash of plain data, independent of the order of keys. */
export function hashData(data: unknown): Hash {
  return hashText(stableStringify(data));
}

/** The hash of a text as UTF-8. */
export function hashText(text: string): Hash {
  return `sha256:${digestText(text)}`;
}

/** JSON with sorted keys; `undefined` members are left out. */
export function stableStringify(data: unknown, indent?: number): string {
  // The system's own writer is several times as fast.
  const text = isInOrder(data) ? JSON.stringify(data) : write(data);
  return indent === undefined ? text : JSON.stringify(JSON.parse(text), undefined, indent);
}

function write(data: unknown): string {
  if (typeof data !== 'object' || data === null) return JSON.stringify(data) ?? 'null';
  if (Array.isArray(data)) return `[${data.map(write).join(',')}]`;
  const record = data as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of sortedKeys(record)) {
    const value = record[key];
    if (value !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${write(value)}`;
  }
  return `{${text}}`;
}

/** Whether JSON as it is already has sorted keys at every level. */
function isInOrder(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return data !== undefined;
  if (Array.isArray(data)) return data.every((item) => item === undefined || isInOrder(item));
  const record = data as Readonly<Record<string, unknown>>;
  let last = '';
  for (const key of Object.keys(record)) {
    const item = record[key];
    if (key < last || (item !== undefined && !isInOrder(item))) return false;
    last = key;
  }
  return true;
}

/** The keys in order; most objects are written with them in order already. */
export function sortedKeys(record: object): string[] {
  const keys = Object.keys(record);
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] ?? '') > (keys[i] ?? '')) return keys.sort();
  return keys;
}
