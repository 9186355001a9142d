import fc from 'fast-check';
import { enablePatches, produceWithPatches } from 'immer';
import { describe, expect, it } from 'vitest';
import type { YardDocument } from '../../../src-shared/document/document';
import { serialize } from '../../../src-shared/document/save';
import { documentOf } from '../test-documents';
import { applyEdit, checksumOf, type Edit, plainPatches, readEditLines, startChecksum } from './edit-lines';

enablePatches();

/** Lines as the journal writes them. */
function linesOf(text: string, edits: readonly Edit[]): string {
  let checksum = startChecksum(text);
  return edits
    .map((edit, i) => {
      checksum = checksumOf(checksum, i + 1, edit);
      return `${JSON.stringify({ seq: i + 1, ...edit, checksum })}\n`;
    })
    .join('');
}

const node = (name: string, params = {}) => ({ kind: 'data.csv', version: 1, name, params, position: [0, 0] as const });
const id = fc.constantFrom('a', 'b', 'c', 'd', 'ä', '数');
const value = fc.jsonValue({ maxDepth: 2 });

type Draft = { -readonly [K in keyof YardDocument]: YardDocument[K] };
type Step = (draft: Draft) => void;

/** All that windows do to documents, in small: add, change, remove, move, type, undo by hand. */
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(id, fc.string()).map(([key, name]) => (draft: Draft) => {
    draft.nodes = { ...draft.nodes, [key]: node(name) };
  }),
  id.map((key) => (draft: Draft) => {
    draft.nodes = Object.fromEntries(Object.entries(draft.nodes).filter(([each]) => each !== key));
  }),
  fc.tuple(id, id, value).map(([key, param, given]) => (draft: Draft) => {
    const found = draft.nodes[key];
    // What a file may hold is any JSON.
    if (found)
      draft.nodes = { ...draft.nodes, [key]: { ...found, params: { ...found.params, [param]: given as never } } };
  }),
  fc
    .tuple(id, fc.array(fc.tuple(fc.integer(), fc.integer()), { maxLength: 3 }))
    .map(([key, bends]) => (draft: Draft) => {
      draft.edges = { ...draft.edges, [`${key}.x>${key}.y`]: { bends } };
    }),
  fc.tuple(id, fc.string(), fc.array(id)).map(([key, title, nodes]) => (draft: Draft) => {
    draft.groups = { ...draft.groups, [key]: { title, nodes } };
  }),
);

function historyOf(steps: readonly Step[]): {
  readonly edits: readonly Edit[];
  readonly states: readonly YardDocument[];
} {
  const states = [documentOf(1)];
  const edits = steps.map((each, i): Edit => {
    const before = states.at(-1) ?? documentOf(1);
    const [after, patches] = produceWithPatches(before, (draft) => each(draft as Draft));
    states.push(after);
    return { label: `step ${i}`, patches: plainPatches(patches as Edit['patches']) };
  });
  return { edits, states };
}

describe('the lines of a journal', () => {
  it('replay to the same document, for 1,000 random histories', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const { edits, states } = historyOf(steps);
        const text = serialize(documentOf(1));
        const read = readEditLines(text, linesOf(text, edits));
        expect(read.isWhole).toBe(true);
        const replayed = read.edits.reduce((document, { patches }) => applyEdit(document, patches), documentOf(1));
        expect(serialize(replayed)).toBe(serialize(states.at(-1) ?? documentOf(1)));
      }),
      { numRuns: 1000 },
    );
  });

  const text = serialize(documentOf(1));
  const seeds = [2, 3, 4, 5, 6];
  const edits = seeds.map(
    (seed): Edit => ({ label: `数 ${seed}`, patches: [{ op: 'replace', path: ['settings', 'seed'], value: seed }] }),
  );
  const bytes = Buffer.from(linesOf(text, edits));

  it('bring back a beginning of the edits wherever they are cut', () => {
    let longest = 0;
    for (let end = 0; end <= bytes.length; end++) {
      const read = readEditLines(text, bytes.subarray(0, end).toString('utf8'));
      expect(read.edits).toEqual(edits.slice(0, read.edits.length));
      expect(read.edits.length).toBeGreaterThanOrEqual(longest);
      longest = read.edits.length;
    }
    expect(longest).toBe(edits.length);
  });

  it('bring back a beginning of the edits whichever byte is damaged', () => {
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0x01;
      const read = readEditLines(text, damaged.toString('utf8'));
      expect(read.edits).toEqual(edits.slice(0, read.edits.length));
      expect(read.edits.length).toBeLessThan(edits.length);
    }
  });

  it('mean nothing on another text', () => {
    expect(readEditLines(serialize(documentOf(9)), bytes.toString('utf8'))).toEqual({ edits: [], isWhole: false });
  });
});
