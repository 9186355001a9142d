import { createHash } from 'node:crypto';
import { applyPatches, enablePatches, type Patch } from 'immer';
import { z } from 'zod';
import type { YardDocument } from '../../../src-shared/document/document';
import { readJson } from '../../../src-shared/document/read-json';
import { fail } from '../../../src-shared/problem';
import type { DocumentPatch } from '../../../src-shared/window-data';

enablePatches();

export interface Edit {
  readonly label: string;
  readonly patches: readonly DocumentPatch[];
}

/** A checksum covers the line and all lines before it, back to the text that they change. */
export function checksumOf(before: string, seq: number, { label, patches }: Edit): string {
  return createHash('sha256')
    .update(`${before}\n${JSON.stringify([seq, label, patches])}`)
    .digest('hex');
}

/** What the first line's checksum goes on from. */
export function startChecksum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const lineSchema = z.object({
  seq: z.int(),
  label: z.string(),
  patches: z.array(
    z.object({
      op: z.enum(['add', 'remove', 'replace']),
      path: z.array(z.union([z.string(), z.number()])),
      value: z.unknown().optional(),
    }),
  ),
  checksum: z.string(),
});

/** The edits that follow on a text, up to the first line that is cut or damaged. */
export function readEditLines(
  text: string,
  lines: string,
): { readonly edits: readonly Edit[]; readonly isWhole: boolean } {
  const edits: Edit[] = [];
  let checksum = startChecksum(text);
  const all = lines.split('\n');
  // The last line has no end: it was being written, nobody was told that it is kept.
  const finished = all.slice(0, -1);
  for (const line of finished) {
    const parsed = parseLine(line);
    const seq = edits.length + 1;
    if (parsed?.seq !== seq || parsed.checksum !== checksumOf(checksum, seq, parsed)) return { edits, isWhole: false };
    checksum = parsed.checksum;
    edits.push({ label: parsed.label, patches: parsed.patches });
  }
  return { edits, isWhole: true };
}

interface Line extends Edit {
  readonly seq: number;
  readonly checksum: string;
}

function parseLine(line: string): Line | undefined {
  const read = readJson(line);
  if ('problem' in read) return undefined;
  const parsed = lineSchema.safeParse(read.data);
  // zod only adds `| undefined` to the value that may be absent.
  return parsed.success ? (parsed.data as Line) : undefined;
}

/**
 * The document after an edit.
 * @throws ProblemError `edit-out-of-step` where the patches do not fit the document
 */
export function applyEdit(document: YardDocument, patches: readonly DocumentPatch[]): YardDocument {
  try {
    // immer writes its type with mutable paths, which it does not change.
    const changed = applyPatches(document, patches as readonly Patch[]);
    return typeof changed === 'object' && changed !== null ? changed : fail('edit-out-of-step');
  } catch {
    return fail('edit-out-of-step');
  }
}

const forbidden: ReadonlySet<string | number> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Patches as JSON would bring them back, so that what is kept and what is replayed cannot differ.
 * @throws ProblemError `edit-refused` where a path or a value reaches for a prototype
 */
export function plainPatches(patches: readonly DocumentPatch[]): readonly DocumentPatch[] {
  if (patches.some(({ path }) => path.some((key) => forbidden.has(key)))) fail('edit-refused');
  const read = readJson(JSON.stringify(patches));
  if ('problem' in read) return fail('edit-refused');
  // It is what was just written, of this type.
  return read.data as unknown as readonly DocumentPatch[];
}
