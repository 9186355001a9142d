import { join } from 'node:path';
import type { YardDocument } from '../../../src-shared/document/document';
import { loadDocument } from '../../../src-shared/document/load';
import { serialize } from '../../../src-shared/document/save';
import type { NodeLookup } from '../../../src-shared/nodes/catalog';
import { type Problem, ProblemError, problem } from '../../../src-shared/problem';
import { type FsPort, statIfThere } from '../../files/fs-port';
import { applyEdit, type Edit, readEditLines } from './edit-lines';
import { type JournalBase, readBase, readLines } from './journal-base';

/** What a journal brings back. */
export interface Recovered {
  readonly base: JournalBase;
  readonly document: YardDocument;
  readonly problems: readonly Problem[];
  /** Its file has a newer format than this app knows. */
  readonly newer?: Problem | undefined;
  /** Edits that the document holds and its file lacks. */
  readonly edits: number;
  /** ISO 8601, of the newest edit. */
  readonly editedAt: string;
}

/** The base and every edit up to the first one that is damaged; undefined where not even the base can be read. */
export async function recoverDocument(fs: FsPort, folder: string, lookup: NodeLookup): Promise<Recovered | undefined> {
  const base = await readBase(fs, folder);
  if (!base) return undefined;
  const { edits, isWhole } = readEditLines(base.text, await readLines(fs, folder, base));
  const replayed = replay(base.text, edits, lookup);
  if (!replayed) return undefined;
  const stat = replayed.edits > 0 ? await statIfThere(fs, join(folder, base.lines)) : undefined;
  const isCut = !isWhole || replayed.edits < edits.length;
  return {
    base,
    document: replayed.document,
    problems: [...(isCut ? [problem('recovery-cut', {}, { severity: 'warning' })] : []), ...replayed.problems],
    newer: replayed.newer,
    edits: base.edits + replayed.edits,
    editedAt: stat ? new Date(stat.mtimeMs).toISOString() : base.editedAt,
  };
}

interface Replayed {
  readonly document: YardDocument;
  readonly problems: readonly Problem[];
  readonly newer?: Problem | undefined;
  readonly edits: number;
}

/** As many edits as lead to a document that can be read. */
function replay(text: string, edits: readonly Edit[], lookup: NodeLookup): Replayed | undefined {
  const start = loadDocument(text, { lookup, newer: 'read' });
  if (!start.document) return undefined;
  const states = [start.document];
  for (const { patches } of edits) {
    const next = tryEdit(states.at(-1) ?? start.document, patches);
    if (!next) break;
    states.push(next);
  }
  for (let count = states.length - 1; count > 0; count--) {
    const state = states[count];
    const loaded = state && loadDocument(serialize(state), { lookup, newer: 'read' });
    if (loaded?.document) return { ...loaded, edits: count };
  }
  return { ...start, edits: 0 };
}

function tryEdit(document: YardDocument, patches: Edit['patches']): YardDocument | undefined {
  try {
    return applyEdit(document, patches);
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}
