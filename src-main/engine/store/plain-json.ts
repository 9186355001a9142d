import type { Hash } from '../../../src-shared/hash';
import { mapValues } from '../../../src-shared/map-values';
import { isHash } from '../../files/content-hash';
import type { LocateFile } from './value-store';

/** Numbers that JSON has no words for, kept as texts no name of ours begins with. */
const specials: ReadonlyMap<string, number> = new Map([
  ['\u0000NaN', Number.NaN],
  ['\u0000Infinity', Number.POSITIVE_INFINITY],
  ['\u0000-Infinity', Number.NEGATIVE_INFINITY],
]);

/** Plain data as JSON, paths of source files left out (they hold only on this machine, today). */
export function encodePlain(data: unknown): string {
  const text = JSON.stringify(data);
  // A number that JSON has no word for is null there.
  if (!text.includes('"path"') && !text.includes('null')) return text;
  const node = (object: PlainObject) => (isFileScan(object) ? { ...object, path: '' } : object);
  return JSON.stringify(mapData(data, { leaf: keepSpecial, node }));
}

/** The reverse: source files get the path where their content lies now. */
export function decodePlain(text: string, locate: LocateFile): unknown {
  const data: unknown = JSON.parse(text);
  if (!text.includes('"path"') && !text.includes('\\u0000')) return data;
  const node = (object: PlainObject) => (isFileScan(object) ? { ...object, path: locate(object.hash) ?? '' } : object);
  return mapData(data, { leaf: restoreSpecial, node });
}

/** Every blob that plain data names. */
export function findBlobs(text: string): Hash[] {
  if (!text.includes('"blob"')) return [];
  const found = new Set<Hash>();
  JSON.parse(text, (key, value) => {
    if (key === 'blob' && isHash(value)) found.add(value);
    return value;
  });
  return [...found].sort();
}

type PlainObject = Readonly<Record<string, unknown>>;

interface Change {
  readonly leaf: (leaf: unknown) => unknown;
  readonly node: (node: PlainObject) => PlainObject;
}

function mapData(data: unknown, change: Change): unknown {
  if (Array.isArray(data)) return data.map((item) => mapData(item, change));
  if (typeof data !== 'object' || data === null) return change.leaf(data);
  return mapValues(change.node(data as PlainObject), (value) => mapData(value, change));
}

function keepSpecial(leaf: unknown): unknown {
  return typeof leaf === 'number' && !Number.isFinite(leaf) ? `\u0000${leaf}` : leaf;
}

function restoreSpecial(leaf: unknown): unknown {
  return typeof leaf === 'string' && specials.has(leaf) ? specials.get(leaf) : leaf;
}

function isFileScan(data: unknown): data is PlainObject & { readonly path: string; readonly hash: Hash } {
  if (typeof data !== 'object' || data === null) return false;
  return (
    'path' in data &&
    'hash' in data &&
    'kind' in data &&
    typeof data.kind === 'string' &&
    typeof data.path === 'string' &&
    isHash(data.hash)
  );
}
