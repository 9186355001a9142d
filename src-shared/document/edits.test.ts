import { describe, expect, it } from 'vitest';
import { isProblem } from '../problem';
import { checkDocument } from './check-document';
import { parseEdgeId, type YardDocument } from './document';
import { connect, disconnect } from './edit-edges';
import { addNode, moveNodes, removeNodes, renameNode, setNodeFlags, setParam, setSeed } from './edit-nodes';
import { addNote, removeNote, updateNote } from './edit-notes';
import { chain, lookupTestNode as lookup, testDocument, testNode, testNodes } from './test-nodes';

const known = { lookup, nodes: testNodes };
function done<T extends object>(result: T): Exclude<T, { severity: unknown }> {
  if (isProblem(result)) throw new Error(result.code);
  return result as Exclude<T, { severity: unknown }>;
}
const at = (node: string, port: string) => ({ node, port });

describe('nodes', () => {
  it('are added with defaults, a fresh id and a name of their own', () => {
    const first = done(addNode(chain(), { kind: 'test.train', position: [5, 6] }, lookup));
    expect(first.id).toBe('n1');
    expect(first.document.nodes.n1).toMatchObject({
      name: 'train_1',
      version: 1,
      position: [5, 6],
      params: { epochs: 5, optimizer: { type: 'adam', learningRate: 0.001 } },
    });
    const second = done(addNode(first.document, { kind: 'test.train', position: [0, 0], name: 'train_1' }, lookup));
    expect(second.document.nodes[second.id]?.name).toBe('train_2');
    expect(checkDocument(second.document, lookup)).toEqual([]);
    expect(addNode(chain(), { kind: 'no.such', position: [0, 0] }, lookup)).toMatchObject({ code: 'kind-unknown' });
  });

  it('are removed with their wires and places in groups', () => {
    const grouped = { ...chain(), groups: { g: { title: 'g', nodes: ['b', 'd'] } } };
    const { nodes, edges, groups } = removeNodes(grouped, ['b']);
    expect(Object.keys(nodes)).toEqual(['a', 'c', 'd', 'e']);
    expect(Object.keys(edges)).toEqual(['c.dataset>d.dataset', 'd.model>e.models']);
    expect(groups.g?.nodes).toEqual(['d']);
  });

  it('are renamed unless the name is taken or impossible', () => {
    expect(done(renameNode(chain(), 'd', 'trainer')).nodes.d?.name).toBe('trainer');
    expect(done(renameNode(chain(), 'd', '训练')).nodes.d?.name).toBe('训练');
    expect(renameNode(chain(), 'd', 'split')).toMatchObject({ code: 'name-duplicate' });
    expect(renameNode(chain(), 'd', 'a.b')).toMatchObject({ code: 'name-invalid' });
    expect(renameNode(chain(), 'd', '')).toMatchObject({ code: 'name-invalid' });
    expect(renameNode(chain(), 'constructor', 'x')).toMatchObject({ code: 'node-missing' });
    expect(done(renameNode(chain(), 'd', 'train'))).toEqual(chain());
  });

  it('take params that their declarations allow', () => {
    expect(done(setParam(chain(), { id: 'd', param: 'epochs', value: 9 }, lookup)).nodes.d?.params.epochs).toBe(9);
    expect(setParam(chain(), { id: 'd', param: 'epochs', value: 0 }, lookup)).toMatchObject({
      code: 'param-too-small',
    });
    expect(setParam(chain(), { id: 'd', param: 'nothing', value: 0 }, lookup)).toMatchObject({
      code: 'param-unknown-here',
    });
  });

  it('move, and carry flags only while they are on', () => {
    expect(moveNodes(chain(), { a: [1, 2], nobody: [3, 4] }).nodes).toMatchObject({ a: { position: [1, 2] } });
    const muted = setNodeFlags(chain(), ['a'], { muted: true });
    expect(muted.nodes.a?.muted).toBe(true);
    expect(setNodeFlags(muted, ['a'], { muted: false })).toEqual(chain());
  });

  it('share a seed that is a whole number', () => {
    expect(done(setSeed(chain(), 7)).settings.seed).toBe(7);
    expect(setSeed(chain(), 0.5)).toMatchObject({ code: 'seed-invalid' });
  });
});

describe('wires', () => {
  const nodes = {
    a: testNode('source', 'a'),
    b: testNode('scale', 'b'),
    c: testNode('split', 'c'),
    d: testNode('train', 'd'),
    e: testNode('report', 'e'),
    f: testNode('train', 'f'),
  };
  const loose: YardDocument = testDocument(nodes, []);

  it('replace the wire of a port that takes one', () => {
    const one = done(connect(loose, { from: at('a', 'table'), to: at('c', 'table') }, known));
    const two = done(connect(one, { from: at('b', 'table'), to: at('c', 'table') }, known));
    expect(Object.keys(two.edges)).toEqual(['b.table>c.table']);
  });

  it('come one after the other at a port that takes many', () => {
    const one = done(connect(loose, { from: at('f', 'model'), to: at('e', 'models') }, known));
    const two = done(connect(one, { from: at('d', 'model'), to: at('e', 'models') }, known));
    expect(two.edges).toEqual({ 'f.model>e.models': { order: 0 }, 'd.model>e.models': { order: 1 } });
    expect(connect(two, { from: at('d', 'model'), to: at('e', 'models') }, known)).toBe(two);
    expect(disconnect(two, ['f.model>e.models']).edges).toEqual({ 'd.model>e.models': { order: 1 } });
  });

  it.each([
    ['a.table>d.dataset', { code: 'wire-refused', fix: { code: 'insert-node', kind: 'test.split' } }],
    ['d.model>c.table', { code: 'wire-refused' }],
    ['a.toString>c.table', { code: 'port-unknown-output' }],
    ['a.table>c.constructor', { code: 'port-unknown-input' }],
    ['a.table>z.table', { code: 'node-missing' }],
    ['b.table>b.table', { code: 'wire-closes-circle' }],
  ])('%s is refused with the reason', (id, problem) => {
    expect(connect(loose, parseEdgeId(id) ?? expect.fail(), known)).toMatchObject(problem);
  });

  it('never close a circle', () => {
    const one = done(connect(loose, { from: at('b', 'table'), to: at('c', 'table') }, known));
    expect(connect(one, { from: at('c', 'dataset'), to: at('b', 'table') }, known)).toMatchObject({
      code: 'wire-closes-circle',
      values: { from: 'c', to: 'b' },
    });
  });
});

describe('notes', () => {
  it('are added, changed and removed', () => {
    const { document, id } = addNote(chain(), { text: 'Hi', position: [0, 0], size: [9, 9] });
    const changed = updateNote(document, id, { text: { en: 'Hello', zh: '你好' } });
    expect(changed.notes[id]).toEqual({ text: { en: 'Hello', zh: '你好' }, position: [0, 0], size: [9, 9] });
    expect(removeNote(changed, id)).toEqual(chain());
    expect(updateNote(chain(), 'none', { text: '' })).toEqual(chain());
  });
});
