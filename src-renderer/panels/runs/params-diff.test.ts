import { describe, expect, it } from 'vitest';
import type { Params, YardDocument } from '../../../src-shared/document/document';
import { lookupNode } from '../../../src-shared/nodes/catalog';
import type { NodeDefinition } from '../../../src-shared/nodes/define-node';
import { diffParams } from './params-diff';

describe('diffParams', () => {
  it('finds nothing between a document and itself', () => {
    const document = documentWith({ clean: { kind: 'prepare.clean', params: {} } });
    expect(diffParams(document, document, lookupNode)).toEqual([]);
  });

  it('names settings that differ, of forms too', () => {
    const before = documentWith({ a: { kind: 'none', params: { form: { type: 'x', rate: 1 }, same: [1, 2] } } });
    const after = documentWith({ a: { kind: 'none', params: { form: { type: 'x', rate: 2 }, same: [1, 2] } } });
    expect(diffParams(before, after, lookupNode)).toEqual([{ node: 'a', param: 'form.rate', before: 1, after: 2 }]);
  });

  it('takes a default that is written down for the same as one that is not', () => {
    const [dense] = layers();
    const units = { units: dense?.params.units?.default as number };
    const kind = dense?.kind ?? '';
    const before = documentWith({ dense: { kind, params: {} } });
    const after = documentWith({ dense: { kind, params: units } });
    expect(diffParams(before, after, lookupNode)).toEqual([]);
  });

  it('says which node is in one document alone, and when the seed differs', () => {
    const before = documentWith({ a: { kind: 'none', params: {} } });
    const after = { ...documentWith({ b: { kind: 'other', params: {} } }), settings: { seed: 7 } };
    expect(diffParams(before, after, lookupNode)).toEqual([
      { node: '', param: 'seed', before: 1, after: 7 },
      { node: 'a', param: '', before: 'none', after: undefined },
      { node: 'b', param: '', before: undefined, after: 'other' },
    ]);
  });
});

/** The layer with units, whatever it is called. */
function layers(): NodeDefinition[] {
  const found = lookupNode('layer.dense');
  return found ? [found] : [];
}

function documentWith(nodes: Readonly<Record<string, { kind: string; params: Params }>>): YardDocument {
  return {
    format: 'modelyard',
    version: 1,
    settings: { seed: 1 },
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([name, { kind, params }], i) => [
        `n${i}`,
        { kind, version: 1, name, params, position: [0, 0] as const },
      ]),
    ),
    edges: {},
    notes: {},
    groups: {},
    flows: {},
  };
}
