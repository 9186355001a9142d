import type { Draft } from 'immer';
import type { YardDocument } from '../../src-shared/document/document';
import { stableStringify } from '../../src-shared/hash';

/**
 * Writes into a draft of `before` what `after` has otherwise, as narrowly as entries of its records: pure edits give a
 * whole document, undo steps and the journal want only what changed.
 */
export function assignChanges(draft: Draft<YardDocument>, before: YardDocument, after: YardDocument): void {
  const [from, to] = [asRecord(before), asRecord(after)];
  // The draft has the same keys as the document that it drafts.
  const target = draft as unknown as Record<string, unknown>;
  for (const key of keysOf(from, to)) {
    if (from[key] === to[key]) continue;
    if (isRecord(from[key]) && isRecord(to[key]))
      assignEntries(target[key] as Record<string, unknown>, from[key], to[key]);
    else assign(target, key, to);
  }
}

type Plain = Readonly<Record<string, unknown>>;

function assignEntries(target: Record<string, unknown>, from: Plain, to: Plain): void {
  for (const key of keysOf(from, to)) {
    if (from[key] !== to[key] && stableStringify(from[key]) !== stableStringify(to[key])) assign(target, key, to);
  }
}

function assign(target: Record<string, unknown>, key: string, to: Plain): void {
  if (Object.hasOwn(to, key)) target[key] = to[key];
  else delete target[key];
}

function keysOf(from: Plain, to: Plain): Set<string> {
  return new Set([...Object.keys(from), ...Object.keys(to)]);
}

function asRecord(document: YardDocument): Plain {
  return { ...document };
}

function isRecord(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
