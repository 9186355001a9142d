import { describe, expect, it } from 'vitest';
import type { YardDocument } from '../../../src-shared/document/document';
import { lookupNode } from '../../../src-shared/nodes/catalog';
import { nothing } from '../../store/ui';
import { contentKey, previewTarget } from './preview-target';

const node = (kind: string, name: string) => ({ kind, version: 1, name, params: {}, position: [0, 0] as const });
const document: YardDocument = {
  format: 'modelyard',
  version: 1,
  settings: { seed: 1 },
  nodes: { n1: node('data.csv', 'rows'), n2: node('prepare.clean', 'clean') },
  edges: { 'n1.table>n2.table': {} },
  notes: {},
  groups: {},
  flows: {},
};
const place = { selection: nothing, chosen: undefined, lookup: lookupNode };

describe('previewTarget', () => {
  it('is nothing without a selection, or with many nodes', () => {
    expect(previewTarget(document, place)).toBeUndefined();
    expect(previewTarget(document, { ...place, selection: { ...nothing, nodes: ['n1', 'n2'] } })).toBeUndefined();
  });

  it('is an output of the selected node', () => {
    const target = previewTarget(document, { ...place, selection: { ...nothing, nodes: ['n1'] } });
    expect(target).toEqual({ node: 'n1', port: 'table', name: 'rows', ports: ['table'] });
  });

  it('is where the selected wire comes from', () => {
    const target = previewTarget(document, { ...place, selection: { ...nothing, edges: ['n1.table>n2.table'] } });
    expect(target).toMatchObject({ node: 'n1', port: 'table' });
  });

  it('forgets a choice that the node does not have', () => {
    const chosen = { node: 'n1', port: 'gone' };
    expect(previewTarget(document, { ...place, chosen, selection: { ...nothing, nodes: ['n1'] } })?.port).toBe('table');
  });
});

describe('contentKey', () => {
  it('does not change when a node moves, and does when a setting changes', () => {
    const { n1, n2 } = { n1: node('data.csv', 'rows'), n2: node('prepare.clean', 'clean') };
    const moved: YardDocument = { ...document, nodes: { n1: { ...n1, position: [9, 9] }, n2 } };
    const changed: YardDocument = { ...document, nodes: { n1: { ...n1, params: { path: 'x.csv' } }, n2 } };
    expect(contentKey(moved)).toBe(contentKey(document));
    expect(contentKey(changed)).not.toBe(contentKey(document));
  });
});
