import { isUtf8 } from 'node:buffer';
import type { CsvOptions } from '../../../src-shared/runs/values';

export type Encoding = CsvOptions['encoding'];

/**
 * The encoding of a text by its first bytes, or `binary`. Byte order marks decide; without one, zeros at every
 * second place mean UTF-16, valid UTF-8 is UTF-8, pairs of high bytes are GBK, and anything else is Latin-1.
 * @param sample the start of the file, or any whole lines of it
 */
export function detectEncoding(sample: Uint8Array): Encoding | 'binary' {
  if (startsWith(sample, [0xff, 0xfe]) || startsWith(sample, [0xfe, 0xff])) return 'utf-16';
  if (startsWith(sample, [0xef, 0xbb, 0xbf])) return 'utf-8';
  const zeros = countZeros(sample);
  if (Math.max(zeros.even, zeros.odd) > sample.length * 0.2 && Math.min(zeros.even, zeros.odd) < sample.length * 0.05) {
    return 'utf-16';
  }
  if (zeros.even + zeros.odd > 0 || hasControls(sample)) return 'binary';
  if (isUtf8(wholeCharacters(sample))) return 'utf-8';
  return looksLikeGbk(sample) ? 'gbk' : 'latin-1';
}

/** The order of bytes in a UTF-16 text: by its mark, else by where the zeros stand. */
export function isBigEndian(sample: Uint8Array): boolean {
  if (startsWith(sample, [0xfe, 0xff])) return true;
  if (startsWith(sample, [0xff, 0xfe])) return false;
  const { even, odd } = countZeros(sample);
  return even > odd;
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

function countZeros(bytes: Uint8Array): { even: number; odd: number } {
  const counts = { even: 0, odd: 0 };
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 0) counts[i % 2 === 0 ? 'even' : 'odd']++;
  }
  return counts;
}

/** Control characters other than tab, line feed, carriage return, form feed and escape are in no text. */
function hasControls(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 27);
}

/** Without a last character that the sample's end may have cut: back to where a character starts. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes.length - end < 3 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end--;
  return end > 0 && (bytes[end - 1] ?? 0) >= 0xc0 ? bytes.subarray(0, end - 1) : bytes;
}

/** High bytes of GBK come in pairs, and in ordinary Chinese the second one is high too; in Latin-1 they stand alone. */
function looksLikeGbk(bytes: Uint8Array): boolean {
  let pairs = 0;
  let common = 0;
  for (let i = 0; i < bytes.length - 1; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) continue;
    const trail = bytes[++i] ?? 0;
    if (lead === 0x80 || lead === 0xff || trail < 0x40 || trail === 0x7f || trail === 0xff) return false;
    pairs++;
    if (trail >= 0xa1) common++;
  }
  return pairs > 0 && common >= 0.6 * pairs;
}
