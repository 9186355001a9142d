import { detectEncoding } from '../engine/tables/detect-encoding';

/** What the first bytes of a file say it is: as endings that files of that sort carry. */
interface Content {
  readonly endings: readonly string[];
  readonly fits: (start: Uint8Array) => boolean;
}

const contents: readonly Content[] = [
  { endings: ['gz'], fits: (start) => startsWith(start, [0x1f, 0x8b]) },
  { endings: ['parquet'], fits: (start) => startsWith(start, [0x50, 0x41, 0x52, 0x31]) },
  { endings: ['xlsx', 'zip', 'npz'], fits: (start) => startsWith(start, [0x50, 0x4b, 0x03, 0x04]) },
  { endings: ['npy'], fits: (start) => startsWith(start, [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]) },
  { endings: ['png'], fits: (start) => startsWith(start, [0x89, 0x50, 0x4e, 0x47]) },
  { endings: ['jpg', 'jpeg'], fits: (start) => startsWith(start, [0xff, 0xd8, 0xff]) },
  // Two zeros, the type of an element (8 to 14), the number of axes.
  { endings: ['idx', 'ubyte', 'idx1-ubyte', 'idx3-ubyte'], fits: isIdx },
  { endings: ['csv', 'tsv', 'txt', 'json', 'jsonl', 'ndjson'], fits: isText },
];

/** Endings that a file's content would go with, whatever its own name says; empty where nothing is known of it. */
export function endingsOfContent(start: Uint8Array): readonly string[] {
  return contents.find(({ fits }) => fits(start))?.endings ?? [];
}

/** @param start the first bytes of a file */
export function isText(start: Uint8Array): boolean {
  return start.length > 0 && detectEncoding(start) !== 'binary';
}

function isIdx([first, second, type = 0, axes = 0]: Uint8Array): boolean {
  return first === 0 && second === 0 && type >= 8 && type <= 14 && axes >= 1 && axes <= 8;
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}
