import type { Hash } from '../../../src-shared/hash';
import { hashContent } from '../../files/content-hash';

/**
 * Lines of the value log: the value's hash, the hash of the rest, the rest as JSON. Names are found without parsing,
 * and a line that was cut or damaged is known by its second word.
 */
const hashLength = 'sha256:'.length + 64;
const textAt = 2 * (hashLength + 1);
const newline = 0x0a;

export function encodeLine(hash: Hash, text: string): Buffer {
  return Buffer.from(`${hash} ${hashContent(text)} ${text}\n`);
}

/** The text of one line without its end; undefined where it is not what was written. */
export function decodeLine(line: Buffer): string | undefined {
  const text = line.toString('utf8', textAt);
  return line.toString('latin1', hashLength + 1, textAt - 1) === hashContent(text) ? text : undefined;
}

export interface Line {
  readonly hash: Hash;
  readonly bytes: Buffer;
}

/** The whole lines from `start` on, and where the first one that is not whole begins. */
export function scanLines(bytes: Buffer, start: number): { readonly lines: Line[]; readonly end: number } {
  const lines: Line[] = [];
  let begin = start;
  for (let end = bytes.indexOf(newline, begin); end >= 0; end = bytes.indexOf(newline, begin)) {
    // `decodeLine` says whether these bytes are one of our lines.
    if (end - begin > textAt) {
      const hash = bytes.toString('latin1', begin, begin + hashLength) as Hash;
      lines.push({ hash, bytes: bytes.subarray(begin, end) });
    }
    begin = end + 1;
  }
  return { lines, end: begin };
}
