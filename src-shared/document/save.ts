import { sortedKeys } from '../hash';
import type { YardDocument } from './document';

const width = 120;
/** Levels that always have one entry a line, so that an edit changes the line of what was edited. */
const brokenLevels = 2;

/**
 * The text of a document: sorted keys, one node, edge or note a line where it fits, a newline at the end. The same
 * document always gives the same bytes.
 */
export function serialize(document: YardDocument): string {
  return `${print(document, 0)}\n`;
}

function print(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) return printLeaf(value);
  const flat = depth >= brokenLevels ? printFlat(value) : undefined;
  if (flat !== undefined && flat.length + depth * 2 <= width) return flat;
  if (Object.keys(value).length === 0) return printFlat(value);
  const indent = '  '.repeat(depth + 1);
  const end = `\n${'  '.repeat(depth)}`;
  if (Array.isArray(value)) return `[\n${value.map((item) => indent + print(item, depth + 1)).join(',\n')}${end}]`;
  const lines = printEntries(value, { between: `,\n${indent}`, each: (item) => print(item, depth + 1) });
  return `{\n${indent}${lines}${end}}`;
}

function printFlat(value: unknown): string {
  if (typeof value !== 'object' || value === null) return printLeaf(value);
  if (Array.isArray(value)) return `[${value.map(printFlat).join(', ')}]`;
  const text = printEntries(value, flatForm);
  return text === '' ? '{}' : `{ ${text} }`;
}

/** As JSON writes it; what needs no escapes is not handed to its writer. */
function printLeaf(value: unknown): string {
  if (typeof value === 'string' && plainText.test(value)) return `"${value}"`;
  if (typeof value === 'number' && Number.isFinite(value)) return `${value}`;
  return JSON.stringify(value) ?? 'null';
}

const plainText = /^[\w .:>-]*$/;

interface EntryForm {
  readonly between: string;
  readonly each: (item: unknown) => string;
}

const flatForm: EntryForm = { between: ', ', each: printFlat };

function printEntries(value: object, { between, each }: EntryForm): string {
  // Any object may be asked for any key.
  const record = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of sortedKeys(record)) {
    const item = record[key];
    if (item !== undefined) text += `${text === '' ? '' : between}${printLeaf(key)}: ${each(item)}`;
  }
  return text;
}
