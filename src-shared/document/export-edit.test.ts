import { describe, expect, it } from 'vitest';
import { lookupNode, nodes } from '../nodes/catalog';
import type { YardDocument, YardNode } from './document';
import { withExport } from './export-edit';

const known = { lookup: lookupNode, nodes };

function node(kind: string, name: string): YardNode {
  return { kind, version: 1, name, params: {}, position: [0, 0] };
}

function documentOf(given: YardDocument['nodes'], edges: readonly string[] = []): YardDocument {
  const settled = Object.fromEntries(edges.map((edge) => [edge, {}]));
  const empty = { notes: {}, groups: {}, flows: {} };
  return { format: 'modelyard', version: 1, settings: { seed: 1 }, nodes: given, edges: settled, ...empty };
}

describe('withExport', () => {
  const two = { n1: node('train.fit', 'small'), n2: node('train.fit', 'large') };

  it('aims the node that exports already at the folder', () => {
    const document = documentOf({ n1: two.n1, n2: node('deploy.export', 'out') }, ['n1.model>n2.model']);
    const result = withExport(document, { folder: '/bundle' }, known);
    expect(result.to).toBe('out');
    expect(result.document.nodes.n2?.params).toEqual({ to: '/bundle' });
    expect(Object.keys(result.document.nodes)).toEqual(['n1', 'n2']);
  });

  it('adds one behind the model that is meant', () => {
    const { document, to } = withExport(documentOf(two), { folder: '/bundle', node: 'large' }, known);
    expect(document.nodes[to]).toMatchObject({ kind: 'deploy.export', params: { to: '/bundle' } });
    expect(Object.keys(document.edges)).toEqual([`n2.model>${to}.model`]);
  });

  it('names the model after the file where it adds a node', () => {
    const one = documentOf({ n1: two.n1 });
    const added = (file: string) => {
      const { document, to } = withExport(one, { folder: '/bundle', file }, known);
      return document.nodes[to]?.params.name;
    };
    expect(['penguins.yard', 'my model (2).yard', '企鹅.yard'].map(added)).toEqual([
      'penguins',
      'my-model-2-',
      undefined,
    ]);
    const present = documentOf({ n1: two.n1, n2: node('deploy.export', 'out') }, ['n1.model>n2.model']);
    const aimed = withExport(present, { folder: '/bundle', file: 'a.yard' }, known);
    expect(aimed.document.nodes.n2?.params.name).toBeUndefined();
  });

  it('leaves the folder to the node where none is wished, and puts a new node where nothing lies', () => {
    const present = documentOf({ n1: two.n1, n2: node('deploy.export', 'out') }, ['n1.model>n2.model']);
    expect(withExport(present, {}, known)).toEqual({ document: present, to: 'out' });
    const inTheWay: YardNode = { ...node('evaluate.test', 'test'), position: [300, 0] };
    const { document, to } = withExport(documentOf({ n1: two.n1, n2: inTheWay }), {}, known);
    expect(document.nodes[to]).toMatchObject({ params: {}, position: [304, 120] });
  });

  it('asks which model is meant, and says where there is none', () => {
    const refused = (document: YardDocument) => () => withExport(document, { folder: '/bundle' }, known);
    expect(refused(documentOf(two))).toThrow('export-many-models');
    expect(refused(documentOf({}))).toThrow('export-no-model');
  });
});
