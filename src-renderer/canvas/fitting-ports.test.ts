import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connect } from '../../src-shared/document/edit-edges';
import { chain, lookupTestNode as lookup, testNodes } from '../../src-shared/document/test-nodes';
import { nodes } from '../../src-shared/nodes/catalog';
import { isProblem } from '../../src-shared/problem';
import { nodesFor } from './add-node';
import { type OpenEnd, portKey } from './canvas-store';
import { fittingPorts } from './fitting-ports';

const known = { lookup, nodes: testNodes };

function endsOf(side: OpenEnd['side']): OpenEnd[] {
  return Object.entries(chain().nodes).flatMap(([node, { kind }]) => {
    const ports = lookup(kind)?.[side === 'output' ? 'outputs' : 'inputs'] ?? {};
    return Object.keys(ports).map((port) => ({ node, port, side }));
  });
}

describe('ports that fit a wire', () => {
  it('are those that connecting would not refuse', () => {
    const document = chain();
    fc.assert(
      fc.property(fc.constantFrom(...endsOf('output')), fc.constantFrom(...endsOf('input')), (from, to) => {
        const isDone = !isProblem(connect(document, { from, to }, known));
        expect(fittingPorts(document, from, known).has(portKey(to))).toBe(isDone);
        expect(fittingPorts(document, to, known).has(portKey(from))).toBe(isDone);
      }),
    );
  });
});

it('lists only nodes that an end can be wired to', () => {
  const conv = { kind: 'layer.conv2d', version: 1, name: 'conv2d', params: {}, position: [0, 0] } as const;
  const document = { ...chain(), nodes: { n1: conv }, edges: {} };
  const kinds = (side: OpenEnd['side'], port: string) =>
    nodesFor(document, { node: 'n1', port, side }, nodes).map(({ kind }) => kind);
  expect(kinds('output', 'y')).toEqual(expect.arrayContaining(['layer.flatten', 'train.fit']));
  expect(kinds('output', 'y')).not.toContain('data.csv');
  expect(kinds('input', 'x')).toContain('layer.input');
  expect(kinds('input', 'x')).not.toContain('train.fit');
  expect(nodesFor(document, undefined, nodes)).toBe(nodes);
});
