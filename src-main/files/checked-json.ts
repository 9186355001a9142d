import { crc32 } from 'node:zlib';

/** What stands at the end of an object that proves itself; the checksum covers all of the text before it. */
const ending = /,"sum":"([0-9a-f]{8})"\}$/;

/** The JSON of an object that has entries, with a checksum of itself as the last one. It stays JSON. */
export function withSum(json: string): string {
  const start = json.slice(0, -1);
  return `${start},"sum":"${sumOf(start)}"}`;
}

/**
 * What a text says of itself: `whole`, `damaged` (it is not what was written), or `bare`: it has no checksum, as
 * everything before they were written.
 */
function examine(text: string): 'whole' | 'damaged' | 'bare' {
  const found = ending.exec(text);
  if (!found) return 'bare';
  return sumOf(text.slice(0, found.index)) === found[1] ? 'whole' : 'damaged';
}

/**
 * The data of a file that one of `withSum` was written to; undefined where it is damaged or no JSON. Files from before
 * there were checksums are believed as they stand.
 */
export function readChecked(bytes: Uint8Array): unknown {
  return readCheckedText(Buffer.from(bytes).toString('utf8'));
}

/** The same for what can be made again at little cost: a file without a checksum is not believed either. */
export function readProven(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString('utf8');
  return isWhole(text) ? readCheckedText(text) : undefined;
}

/** Whether a text proves to be what was written. */
export function isWhole(text: string): boolean {
  return examine(text) === 'whole';
}

/** As `readChecked`, for a text, e.g. one line of a file. */
export function readCheckedText(text: string): unknown {
  const state = examine(text);
  if (state === 'damaged') return undefined;
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data !== 'object' || data === null || state === 'bare') return data;
    const { sum: _, ...rest } = data as { readonly sum?: unknown };
    return rest;
  } catch {
    return undefined;
  }
}

/** CRC-32 finds every single damaged bit, and every run of up to 32; against forgery it is none. */
function sumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
