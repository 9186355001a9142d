import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../problem';
import { checkDocument } from './check-document';
import { clipText, copyToClip } from './clip';
import type { YardDocument } from './document';
import { pasteClip } from './edit-paste';
import { duplicateParts } from './edit-selection';
import { clipLimits, readClip } from './read-clip';
import { chain, lookupTestNode as lookup, testDocument, testNode, testNodes } from './test-nodes';

const known = { lookup, nodes: testNodes };
function done<T extends object>(result: T): Exclude<T, { severity: unknown }> {
  if (isProblem(result)) throw new Error(result.code);
  return result as Exclude<T, { severity: unknown }>;
}
/** What arrives on another clipboard. */
function sent(document: YardDocument, nodes: readonly string[]) {
  return done(readClip(clipText(copyToClip(document, { nodes }), lookup), lookup));
}

describe('copy and paste', () => {
  it('keeps inner wires, gives fresh ids and names, and moves a little', () => {
    const pasted = done(pasteClip(chain(), sent(chain(), ['b', 'c', 'd']), { known }));
    expect(pasted.nodes).toEqual(['n1', 'n2', 'n3']);
    expect(pasted.nodes.map((id) => pasted.document.nodes[id]?.name)).toEqual(['scale_1', 'split_1', 'train_1']);
    expect(Object.keys(pasted.document.edges)).toEqual([
      ...Object.keys(chain().edges),
      'n1.table>n2.table',
      'n2.dataset>n3.dataset',
    ]);
    expect(checkDocument(pasted.document, lookup)).toEqual([]);
  });

  it('goes to a place, with notes and whole groups', () => {
    const note = { text: 'Hi', position: [50, 10] as const, size: [9, 9] as const };
    const document = {
      ...chain(),
      notes: { t1: note },
      groups: { g1: { title: 'Both', nodes: ['a', 'b'] }, g2: { title: 'Cut', nodes: ['c', 'd'] } },
    };
    const clip = copyToClip(document, { nodes: ['a', 'b', 'c'], notes: ['t1', 'gone'] });
    const pasted = done(pasteClip(document, clip, { options: { at: [1000, 1000] }, known }));
    const corner = pasted.nodes.map((id) => pasted.document.nodes[id]?.position[0] ?? 0);
    expect(Math.min(...corner, pasted.document.notes.t2?.position[0] ?? 0)).toBe(1000);
    expect(pasted.document.groups.g3).toEqual({ title: 'Both', nodes: ['n1', 'n2'] });
    expect(Object.keys(pasted.document.groups)).toEqual(['g1', 'g2', 'g3']);
  });

  it('wires anew to the nodes that stayed behind, where asked, and only to the same ones', () => {
    const clip = sent(chain(), ['d']);
    const bare = done(pasteClip(chain(), clip, { known }));
    expect(Object.keys(bare.document.edges)).toEqual(Object.keys(chain().edges));
    const wired = done(pasteClip(chain(), clip, { options: { keepIncoming: true }, known }));
    expect(Object.keys(wired.document.edges)).toContain('c.dataset>n1.dataset');
    const other = testDocument({ c: testNode('split', 'another') }, []);
    expect(done(pasteClip(other, clip, { options: { keepIncoming: true }, known })).document.edges).toEqual({});
  });

  it('leaves absolute paths and nothing else behind', () => {
    const nodes = {
      a: { ...testNode('source', 'a'), params: { file: '/home/me/secret.csv', types: { x: 'int' } } },
      b: { ...testNode('source', 'b'), params: { file: 'data/b.csv', types: {} } },
      c: { ...testNode('source', 'c'), kind: 'x.gone', params: { deep: { at: 'C:\\me', list: ['~/x', 'y'] }, n: 1 } },
    };
    const text = clipText(copyToClip(testDocument(nodes, []), { nodes: ['a', 'b', 'c'] }), lookup);
    expect(text).not.toMatch(/home|C:|~\//);
    const clip = done(readClip(text, lookup));
    expect(clip.nodes.map(({ params }) => params)).toEqual([
      { types: { x: 'int' } },
      { file: 'data/b.csv', types: {} },
      { deep: { list: ['y'] }, n: 1 },
    ]);
    expect(done(pasteClip(chain(), clip, { known })).document.nodes.n1?.params).toMatchObject({ file: '' });
  });

  it('duplicates with everything that this window knows', () => {
    const document = testDocument(
      { a: { ...testNode('source', 'a'), params: { file: '/home/me/a.csv', types: {} } } },
      [],
    );
    const twice = done(duplicateParts(document, { nodes: ['a'] }, { known }));
    expect(twice.document.nodes.n1).toMatchObject({ name: 'a_1', params: { file: '/home/me/a.csv' } });
  });
});

describe('text of the clipboard', () => {
  it.each([
    ['', 'clip-foreign'],
    ['hello', 'clip-foreign'],
    ['{"modelyard":"other"}', 'clip-foreign'],
    ['[1,2', 'clip-foreign'],
    ['{"modelyard":"clip","version":1,"nodes":[],"__proto__":{"x":1}}', 'clip-foreign'],
    ['{"modelyard":"clip","version":9,"nodes":[]}', 'clip-newer'],
    ['{"modelyard":"clip","version":1,"nodes":[{"id":"a"}]}', 'clip-damaged'],
    ['{"modelyard":"clip","version":1}', 'clip-damaged'],
    [' '.repeat(clipLimits.characters + 1), 'clip-too-large'],
  ])('%.40s is refused with the reason', (text, code) => {
    expect(readClip(text, lookup)).toMatchObject({ code });
  });

  it('of too many nodes is refused', () => {
    const node = { id: 'a', ...testNode('source', 'a') };
    const nodes = Array.from({ length: clipLimits.nodes + 1 }, () => node);
    expect(readClip(JSON.stringify({ modelyard: 'clip', version: 1, nodes }), lookup)).toMatchObject({
      code: 'clip-too-large',
    });
  });

  it('with old params is brought up to date, with a circle or crowded ports loses those wires', () => {
    const nodes = [
      { id: 'a', ...testNode('scale', 'bad name!'), version: 1, params: { factor: 4 } },
      { id: 'b', ...testNode('scale', 'b') },
    ];
    const edges = ['a.table>b.table', 'b.table>a.table', 'a.nothing>b.table', '??'].map((id) => ({ id }));
    const clip = done(readClip(JSON.stringify({ modelyard: 'clip', version: 1, nodes, edges }), lookup));
    const { document } = done(pasteClip(chain(), clip, { known }));
    expect(document.nodes.n1).toMatchObject({ name: 'node', version: 2, params: { divideBy: 4 } });
    expect(Object.keys(document.edges).filter((id) => id.startsWith('n'))).toEqual(['n1.table>n2.table']);
    expect(checkDocument(document, lookup)).toEqual([]);
  });

  it('never throws, whatever it is', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((nodes) => JSON.stringify({ modelyard: 'clip', version: 1, nodes })),
      fc.array(fc.jsonValue()).map((edges) => JSON.stringify({ modelyard: 'clip', version: 1, nodes: [], edges })),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const clip = readClip(text, lookup);
        if (!isProblem(clip)) done(pasteClip(chain(), clip, { known }));
      }),
      { numRuns: 500 },
    );
  });
});
