import { describe, expect, it } from 'vitest';
import { isProblem } from '../problem';
import { insertOnWire, putOnWire, wireForInsertion } from './edit-insert';
import { chain, lookupTestNode as lookup, testDocument, testNode, testNodes } from './test-nodes';

const known = { lookup, nodes: testNodes };

describe('insertOnWire', () => {
  it('puts a node between two others', () => {
    const inserted = insertOnWire(chain(), { kind: 'test.scale', wire: 'b.table>c.table', position: [8, 8] }, known);
    if (isProblem(inserted)) throw new Error(inserted.code);
    const { document, id } = inserted;
    expect(document.nodes[id]).toMatchObject({ kind: 'test.scale', position: [8, 8] });
    expect(Object.keys(document.edges)).toEqual(
      expect.arrayContaining([`b.table>${id}.table`, `${id}.table>c.table`, 'a.table>b.table']),
    );
    expect(document.edges).not.toHaveProperty('b.table>c.table');
  });

  it('mends a wire that does not fit with the node that makes it fit', () => {
    const wrong = testDocument({ a: testNode('source', 'a'), d: testNode('train', 'd') }, ['a.table>d.dataset']);
    const inserted = insertOnWire(wrong, { kind: 'test.split', wire: 'a.table>d.dataset' }, known);
    if (isProblem(inserted)) throw new Error(inserted.code);
    expect(Object.keys(inserted.document.edges).sort()).toEqual([
      `a.table>${inserted.id}.table`,
      `${inserted.id}.dataset>d.dataset`,
    ]);
  });

  it('refuses a node that fits on neither side', () => {
    const into = (kind: string) => insertOnWire(chain(), { kind, wire: 'a.table>b.table' }, known);
    expect(into('test.source')).toMatchObject({ code: 'node-does-not-fit' });
    expect(into('test.train')).toMatchObject({ code: 'wire-refused' });
    expect(into('no.such')).toMatchObject({ code: 'kind-unknown' });
  });
});

it('finds the wire of a node that another fits into', () => {
  expect(wireForInsertion(chain(), { kind: 'test.scale', node: 'd' }, known)).toBe('c.dataset>d.dataset');
  expect(wireForInsertion(chain(), { kind: 'test.scale', node: 'd', port: 'output' }, known)).toBeUndefined();
  expect(wireForInsertion(chain(), { kind: 'test.source', node: 'd' }, known)).toBeUndefined();
});

it('takes a node that is there already into a wire', () => {
  const free = { ...chain(), nodes: { ...chain().nodes, z: testNode('scale', 'z') } };
  const put = putOnWire(free, { node: 'z', wire: 'a.table>b.table' }, known);
  if (isProblem(put)) throw new Error(put.code);
  expect(Object.keys(put.edges)).toEqual(expect.arrayContaining(['a.table>z.table', 'z.table>b.table']));
  expect(put.edges).not.toHaveProperty('a.table>b.table');
  expect(putOnWire(free, { node: 'gone', wire: 'a.table>b.table' }, known)).toMatchObject({ code: 'kind-unknown' });
});
