import type { Hash } from '../../../src-shared/hash';
import { hashContent } from '../../files/content-hash';

/**
 * Lines of the value log: the value's hash, the hash of the rest, the rest as JSON. Names are found without parsing,
 * and a line that was cut or damaged is known by its second word.
 */
const hashLength = 'sha256:'.length + 64;
const textAt = 2 * (hashLength + 1);
const newline = 0x0a;

export function encodeLine(hash: Hash, text: string): string {
  return `${hash} ${hashContent(text)} ${text}`;
}

/** The hash that a line begins with; `decodeLine` says whether it is one of our lines at all. */
export function hashOfLine(line: string): Hash {
  return line.slice(0, hashLength) as Hash;
}

/** The text of one line; undefined where it is not what was written. */
export function decodeLine(line: string): string | undefined {
  const text = line.slice(textAt);
  return line.slice(hashLength + 1, textAt - 1) === hashContent(text) ? text : undefined;
}

/** The whole lines from `start` on, and where the first one that is not whole begins. */
export function readLines(bytes: Buffer, start: number): { readonly lines: readonly string[]; readonly end: number } {
  const end = bytes.lastIndexOf(newline) + 1;
  if (end <= start) return { lines: [], end: start };
  const lines = bytes.toString('utf8', start, end - 1).split('\n');
  return { lines: lines.filter((line) => line.length > textAt), end };
}
