import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookupOp } from '../ops/catalog';
import { inferTypes } from '../plan/infer';
import { isProblem } from '../problem';
import { problemTexts } from '../problems/sentences';
import { defineStep } from '../recipe/define-step';
import { checkDocument } from './check-document';
import type { YardDocument, YardNode } from './document';
import { connect, disconnect } from './edit-edges';
import { addNode, moveNodes, removeNodes, renameNode, setNodeFlags, setParam } from './edit-nodes';
import { addNote } from './edit-notes';
import { loadDocument } from './load';
import { serialize } from './save';
import { chain, lookupTestNode as lookup, testDocument, testNode, testNodes } from './test-nodes';

const known = { lookup, nodes: testNodes };
const scaleStep = defineStep({ name: 'test.scale', columns: (columns) => columns, touches: () => true, samples: [] });
const infer = (document: YardDocument) =>
  inferTypes(document, { ...known, lookupStep: () => scaleStep, ops: lookupOp, facts: {} });

/** A file is read, or refused with coded problems that have sentences; it never throws. */
function expectTold(text: string): void {
  const { document, problems } = loadDocument(text, { lookup });
  for (const { code } of problems) expect(problemTexts).toHaveProperty(code);
  if (document) infer(document);
  else expect(problems).not.toEqual([]);
}

const ports = ['table', 'dataset', 'model', 'models', 'output', 'artifact', 'toString'];
const word = fc.string({ maxLength: 6 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const data = fc
  .jsonValue({ maxDepth: 2 })
  // A file may not hold the key `__proto__`.
  .filter((value) => !JSON.stringify(value).includes('"__proto__":'))
  .map((value) => JSON.parse(JSON.stringify(value).replace(/-0\b(?!\.)/g, '0')));
const point = fc.tuple(number, number);
const node: fc.Arbitrary<YardNode> = fc.record(
  {
    kind: fc.oneof(
      fc.constantFrom('source', 'scale', 'split', 'train', 'report', 'gone').map((kind) => `test.${kind}`),
      fc.constant('x'),
    ),
    version: fc.integer({ min: 1, max: 3 }),
    name: fc.oneof(fc.constantFrom('a', 'b', 'conv2d'), fc.string({ minLength: 1, maxLength: 5 })),
    params: fc.dictionary(fc.constantFrom('epochs', 'divideBy', 'optimizer', 'factor', 'other'), data, { maxKeys: 3 }),
    position: point,
    size: point,
    muted: fc.boolean(),
    bypassed: fc.boolean(),
    colour: word,
    later: data,
  },
  { requiredKeys: ['kind', 'version', 'name', 'params', 'position'], noNullPrototype: true },
  // A key that a later version may add is part of a file, though not of this version's type.
) as fc.Arbitrary<YardNode>;
const id = fc.constantFrom('n1', 'n2', 'n3', 'n4', 'constructor');
const edge = fc
  .tuple(id, fc.constantFrom(...ports), id, fc.constantFrom(...ports))
  .map(([a, p, b, q]) => `${a}.${p}>${b}.${q}`);

const anyDocument = fc
  .record({
    nodes: fc.dictionary(id, node, { noNullPrototype: true }),
    edges: fc.array(
      fc.oneof(
        edge,
        word.filter((text) => text !== '__proto__'),
      ),
      { maxLength: 8 },
    ),
  })
  .map(({ nodes, edges }) => testDocument(nodes, edges));

describe('files', () => {
  it('that are valid come back the same, whatever is in them', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const first = loadDocument(serialize(document), { lookup });
        if (!first.document) throw new Error(JSON.stringify(first.problems));
        const text = serialize(first.document);
        const second = loadDocument(text, { lookup });
        expect(second.document).toEqual(first.document);
        expect(second.problems).toEqual(first.problems);
        expect(serialize(second.document ?? document)).toBe(text);
        infer(first.document);
      }),
      { numRuns: 500 },
    );
  });

  it('cut at every byte are refused with a code', () => {
    const bytes = new TextEncoder().encode(
      serialize({ ...chain(), notes: { t1: { text: '你好 🙂', position: [0, 0], size: [1, 1] } } }),
    );
    for (let end = 0; end < bytes.length - 2; end++) {
      const { document, problems } = loadDocument(new TextDecoder().decode(bytes.slice(0, end)), { lookup });
      expect(document).toBeUndefined();
      expect(problems[0]?.code).toMatch(/^file-/);
    }
  });

  it('with any byte changed never throw', () => {
    const bytes = new TextEncoder().encode(serialize(chain()));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        (changes) => {
          const damaged = bytes.slice();
          for (const [at, value] of changes) damaged[at] = value;
          expectTold(new TextDecoder().decode(damaged));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('with any part replaced by any data never throw', () => {
    const paths = [
      ['format'],
      ['version'],
      ['settings'],
      ['settings', 'seed'],
      ['nodes'],
      ['nodes', 'a'],
      ['nodes', 'a', 'params'],
      ['nodes', 'd', 'params', 'optimizer'],
      ['edges'],
      ['edges', 'a.table>b.table'],
      ['notes'],
      ['groups', 'g'],
      ['flows', 'f'],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const raw = JSON.parse(serialize(chain()));
        const parent = path.slice(0, -1).reduce((at, key) => at[key], raw);
        parent[path.at(-1) ?? ''] = value;
        expectTold(JSON.stringify(raw));
      }),
      { numRuns: 1000 },
    );
  });

  it('of any text never throw', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), expectTold), {
      numRuns: 500,
    });
  });
});

type Edit = (document: YardDocument) => YardDocument;
const orSame = (document: YardDocument, result: YardDocument | { readonly severity: string }): YardDocument =>
  isProblem(result) ? document : (result as YardDocument);
const pick = (document: YardDocument, index: number): string => {
  const ids = Object.keys(document.nodes);
  return ids[index % Math.max(1, ids.length)] ?? 'none';
};
const edit: fc.Arbitrary<Edit> = fc
  .tuple(fc.nat(), fc.nat(), fc.constantFrom(...ports), fc.constantFrom(...ports), fc.nat(7))
  .map(
    ([i, j, p, q, what]): Edit =>
      (document) => {
        const [a, b] = [pick(document, i), pick(document, j)];
        const edits: Edit[] = [
          (d) => {
            const added = addNode(d, { kind: testNodes[i % testNodes.length]?.kind ?? '', position: [i, j] }, lookup);
            return 'document' in added ? added.document : d;
          },
          (d) => orSame(d, connect(d, { from: { node: a, port: p }, to: { node: b, port: q } }, known)),
          (d) => removeNodes(d, [a]),
          (d) => disconnect(d, Object.keys(d.edges).slice(0, i % 2)),
          (d) => orSame(d, renameNode(d, a, ['x', 'y', 'train', 'a.b'][j % 4] ?? '')),
          (d) =>
            orSame(d, setParam(d, { id: a, param: ['epochs', 'divideBy', 'test'][j % 3] ?? '', value: i % 3 }, lookup)),
          (d) => setNodeFlags(moveNodes(d, { [a]: [i, j] }), [b], { muted: i % 2 === 0, bypassed: j % 2 === 0 }),
          (d) => addNote(d, { text: p, position: [i, j], size: [1, 1] }).document,
        ];
        return edits[what]?.(document) ?? document;
      },
  );

describe('edits', () => {
  it('in any order keep a document sound, and it comes back the same', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        const document = edits.reduce((current, change) => change(current), chain());
        expect(checkDocument(document, lookup)).toEqual([]);
        expect(loadDocument(serialize(document), { lookup }).document).toEqual(document);
        expect(
          infer(document).problems.filter(({ code }) => code !== 'input-missing' && code !== 'wire-refused'),
        ).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('large documents', () => {
  it('of 10,000 nodes are read, checked and typed', () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`n${i}`, testNode(i === 0 ? 'source' : 'scale', `node_${i}`)]),
    );
    const edges = Array.from({ length: 9_999 }, (_, i) => `n${i % 100 === 99 ? 0 : i}.table>n${i + 1}.table`);
    const loaded = loadDocument(serialize(testDocument(nodes, edges)), { lookup });
    expect(loaded.problems).toEqual([]);
    const { types, problems } = infer(loaded.document ?? chain());
    expect(problems).toEqual([]);
    expect(types['n9999.table']).toMatchObject({ type: 'table' });
  });
});
