import { describe, expect, it } from 'vitest';
import type { YardDocument, YardNode } from '../document/document';
import { chain, lookupTestNode, testDocument, testNode, testNodes } from '../document/test-nodes';
import { lookupOp } from '../ops/catalog';
import { defineStep } from '../recipe/define-step';
import type { SourceFacts } from '../types/source-facts';
import { inferTypes } from './infer';

const column = (name: string) => ({ name, type: { kind: 'float' }, role: 'feature' }) as const;
const facts: SourceFacts = { columns: [column('x'), column('y')], rows: 100, exact: true };

/** Test nodes append the one step `test.scale`, which changes nothing. */
const scaleStep = defineStep({ name: 'test.scale', columns: (columns) => columns, touches: () => true, samples: [] });
const known = { lookup: lookupTestNode, nodes: testNodes, lookupStep: () => scaleStep, ops: lookupOp };

function infer(document: YardDocument, given: Readonly<Record<string, SourceFacts>> = { a: facts }) {
  return inferTypes(document, { ...known, facts: given });
}
function codes(document: YardDocument) {
  return infer(document).problems.map(({ code, node }) => [code, node]);
}
function withNode(id: string, more: Partial<YardNode>): YardDocument {
  const document = chain();
  const node = document.nodes[id];
  if (!node) throw new Error(id);
  return { ...document, nodes: { ...document.nodes, [id]: { ...node, ...more } } };
}

describe('inferTypes', () => {
  it('follows a table through steps and split to a model', () => {
    const { types, problems } = infer(chain());
    expect(problems).toEqual([]);
    expect(types['b.table']).toMatchObject({ type: 'table', rows: 100, steps: ['scale'] });
    expect(types['c.dataset']).toMatchObject({ type: 'dataset', splits: { train: 80, validation: 0, test: 20 } });
    expect(types['d.model']?.type).toBe('model');
    expect(types['e.artifact']).toEqual({ type: 'artifact' });
  });

  it('gives types without rows while facts are on their way', () => {
    const { types, problems } = infer(chain(), {});
    expect(problems).toEqual([]);
    expect(types['c.dataset']).toMatchObject({ type: 'dataset', splits: { train: undefined, test: undefined } });
    expect(types['c.dataset']).not.toHaveProperty('rows');
  });

  it('says what is missing at an input, by name', () => {
    const document = { ...chain(), edges: {} };
    expect(infer(document).problems).toMatchObject([
      { code: 'input-missing', node: 'scale', port: 'table', values: { wanted: 'table, dataset' } },
      { code: 'input-missing', node: 'split' },
      { code: 'input-missing', node: 'train', port: 'dataset' },
      { code: 'input-missing', node: 'report' },
    ]);
  });

  it('refuses a wire that does not fit and offers the node to put between', () => {
    const nodes = { a: testNode('source', 'penguins'), d: testNode('train', 'train') };
    const { problems } = infer(testDocument(nodes, ['a.table>d.dataset']));
    expect(problems).toMatchObject([
      { code: 'wire-refused', node: 'train', port: 'dataset', fix: { code: 'insert-node', kind: 'test.split' } },
    ]);
  });

  it('tells every problem, and none for what stands behind one', () => {
    const broken = withNode('b', { params: { divideBy: 0 } });
    const document = {
      ...broken,
      nodes: { ...broken.nodes, z: testNode('train', 'alone', { params: { epochs: 0 } }) },
    };
    expect(codes(document).sort()).toEqual([
      ['input-missing', 'alone'],
      ['param-not-above', 'scale'],
      ['param-too-small', 'alone'],
    ]);
  });

  it('sees through a bypassed node', () => {
    const { types, problems } = infer(withNode('b', { bypassed: true }));
    expect(problems).toEqual([]);
    expect(types['b.table']).toBeUndefined();
    expect(types['c.dataset']).toMatchObject({ steps: [] });
  });

  it('leaves what is behind a muted node without types and without blame', () => {
    const { types, problems } = infer(withNode('b', { muted: true }));
    expect(problems).toEqual([]);
    expect(types['c.dataset']).toBeUndefined();
    expect(types['a.table']).toBeDefined();
  });

  it('goes on beside unknown kinds and circles', () => {
    const document = testDocument(
      {
        a: testNode('source', 'a'),
        u: testNode('later', 'u'),
        b: testNode('scale', 'b'),
        x: testNode('scale', 'x'),
        y: testNode('scale', 'y', { params: { divideBy: 0 } }),
      },
      ['a.table>b.table', 'x.table>y.table', 'y.table>x.table'],
    );
    const { types, problems } = infer(document);
    expect(types['b.table']).toBeDefined();
    expect(problems.map(({ code }) => code).sort()).toEqual(['cycle', 'kind-unknown', 'param-not-above']);
  });
});
