import { describe, expect, it } from 'vitest';
import { isProblem, problem } from '../problem';
import type { YardDocument } from './document';
import { fixEdit } from './fix-edit';
import { chain, lookupTestNode as lookup, testDocument, testNode, testNodes } from './test-nodes';

const known = { lookup, nodes: testNodes };
function mended(document: YardDocument, found: Parameters<typeof fixEdit>[1]): YardDocument {
  const result = fixEdit(document, found, known);
  if (!result || isProblem(result)) throw new Error(result?.code ?? 'no fix');
  return result;
}

describe('a setting', () => {
  it('gets the value of the fix, inside a form too', () => {
    const fix = { code: 'set-param', param: 'epochs', to: 9 } as const;
    expect(mended(chain(), problem('x', {}, { node: 'train', fix })).nodes.d?.params).toEqual({ epochs: 9 });
    const inner = { code: 'set-param', param: 'optimizer.learningRate', to: 0.5 } as const;
    expect(mended(chain(), problem('x', {}, { node: 'train', fix: inner })).nodes.d?.params.optimizer).toEqual({
      type: 'adam',
      learningRate: 0.5,
    });
  });

  it('is looked for behind the port where the node itself has none of that name', () => {
    const fix = { code: 'set-param', param: 'divideBy', to: 255 } as const;
    const { nodes } = mended(chain(), problem('x', {}, { node: 'train', port: 'dataset', fix }));
    expect(nodes.b?.params).toEqual({ divideBy: 255 });
  });

  it('is refused where its declaration does not allow it', () => {
    const fix = { code: 'set-param', param: 'epochs', to: -1 } as const;
    expect(fixEdit(chain(), problem('x', {}, { node: 'train', fix }), known)).toMatchObject({
      code: 'param-too-small',
    });
  });
});

describe('a node', () => {
  it('is put into the wire that it mends', () => {
    const wrong = testDocument({ a: testNode('source', 'a'), d: testNode('train', 'd') }, ['a.table>d.dataset']);
    const fix = { code: 'insert-node', kind: 'test.split' } as const;
    const { edges } = mended(wrong, problem('x', {}, { node: 'd', port: 'dataset', fix }));
    expect(Object.keys(edges).sort()).toEqual(['a.table>n1.table', 'n1.dataset>d.dataset']);
  });

  it('is the one that declares to mend it, with the settings it needs and the columns it is for', () => {
    const fix = { code: 'insert-node', mends: 'unscaled', columns: ['size'] } as const;
    const { nodes } = mended(chain(), problem('x', {}, { node: 'split', port: 'table', fix }));
    expect(nodes.n1).toMatchObject({ kind: 'test.scale', params: { divideBy: 255, columns: ['size'] } });
    const { columns, ...everywhere } = fix;
    const all = mended(chain(), problem('x', {}, { node: 'split', port: 'table', fix: everywhere }));
    expect(all.nodes.n1?.params).toEqual({ divideBy: 255, columns: [] });
    const unknown = problem('x', {}, { node: 'split', fix: { code: 'insert-node', mends: 'text-feature' } });
    expect(fixEdit(chain(), unknown, known)).toBeUndefined();
  });

  it('stands before everything that reads the same data', () => {
    const nodes = { a: testNode('source', 'a'), c: testNode('split', 'c'), d: testNode('train', 'd') };
    const both = testDocument({ ...nodes, f: testNode('train', 'f') }, [
      'a.table>c.table',
      'c.dataset>d.dataset',
      'c.dataset>f.dataset',
    ]);
    const fix = { code: 'insert-node', mends: 'unscaled' } as const;
    const { edges } = mended(both, problem('x', {}, { node: 'd', port: 'dataset', fix }));
    const wires = ['a.table>c.table', 'c.dataset>n1.table', 'n1.table>d.dataset', 'n1.table>f.dataset'];
    expect(Object.keys(edges).sort()).toEqual(wires);
  });

  it('is put in front of an input that has no wire', () => {
    const alone = testDocument({ d: testNode('train', 'd', { position: [400, 80] }) }, []);
    const fix = { code: 'insert-node', kind: 'test.split' } as const;
    const { nodes, edges } = mended(alone, problem('x', {}, { node: 'd', fix }));
    expect(nodes.n1?.position).toEqual([160, 80]);
    expect(Object.keys(edges)).toEqual(['n1.dataset>d.dataset']);
  });
});

it('leaves what no edit mends', () => {
  expect(fixEdit(chain(), problem('x', {}, { node: 'train', fix: { code: 'free-space' } }), known)).toBeUndefined();
  expect(
    fixEdit(chain(), problem('x', {}, { fix: { code: 'insert-node', kind: 'test.split' } }), known),
  ).toBeUndefined();
});
