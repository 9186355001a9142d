import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lookupNode } from '../nodes/catalog';
import { isProblem } from '../problem';
import { alignNodes, type Boxes, distributeNodes } from './arrange';
import type { YardDocument } from './document';
import { groupNodes, groupsOf, renameGroup, ungroup } from './edit-groups';
import { reach, removeParts } from './edit-selection';
import { layoutNodes } from './layout';
import { loadDocument } from './load';
import { chain, testDocument, testNode } from './test-nodes';
import { wiresOf } from './wires';

const boxes: Boxes = {
  a: { x: 0, y: 0, width: 100, height: 40 },
  b: { x: 150, y: 33, width: 50, height: 40 },
  c: { x: 420, y: 90, width: 80, height: 80 },
};
const placesOf = ({ nodes }: YardDocument) => ['a', 'b', 'c'].map((id) => nodes[id]?.position);

describe('arranging', () => {
  it.each([
    ['left', [0, 0, 0], 0],
    ['right', [400, 450, 420], 0],
    ['top', [0, 0, 0], 1],
    ['bottom', [130, 130, 90], 1],
  ] as const)('aligns %s edges', (edge, expected, axis) => {
    expect(placesOf(alignNodes(chain(), boxes, edge)).map((place) => place?.[axis])).toEqual(expected);
  });

  it('distributes equal gaps between the outermost', () => {
    expect(placesOf(distributeNodes(chain(), boxes, 'x'))).toEqual([
      [0, 0],
      [235, 33],
      [420, 90],
    ]);
    expect(distributeNodes(chain(), { a: boxes.a ?? expect.fail() }, 'x')).toEqual(chain());
  });
});

describe('layout', () => {
  const size = { width: 160, height: 64 };
  const text = readFileSync(new URL('../../resources/examples/digits-cnn.yard', import.meta.url), 'utf8');
  const digits = loadDocument(text, { lookup: lookupNode }).document ?? expect.fail();
  const laid = layoutNodes(digits, { sizeOf: () => size, lookup: lookupNode });
  if (isProblem(laid)) throw new Error(laid.code);
  const at = (name: string) => Object.values(laid.nodes).find((node) => node.name === name)?.position ?? expect.fail();

  it('gives the layers a row of their own, between what feeds them and what they feed', () => {
    const layers = Object.values(laid.nodes).filter(({ kind }) => lookupNode(kind)?.layer);
    const rows = new Set(layers.map(({ position }) => position[1]));
    expect(layers.length).toBeGreaterThan(4);
    expect(rows.size).toBe(1);
    const [row = 0] = rows;
    expect(at('split')[1]).toBeLessThan(row);
    expect(at('train')[1]).toBeGreaterThan(row);
    for (const { from, to } of wiresOf(laid)) {
      const [left, right] = [laid.nodes[from.node], laid.nodes[to.node]];
      if (left?.position[1] === right?.position[1]) expect(left?.position[0]).toBeLessThan(right?.position[0] ?? 0);
    }
  });

  it('covers no node with another, on the grid, and says the same twice', () => {
    const places = Object.values(laid.nodes).map(({ position }) => position);
    for (const [i, [x, y]] of places.entries()) {
      expect([x % 8, y % 8]).toEqual([0, 0]);
      for (const [a, b] of places.slice(i + 1))
        expect(Math.abs(a - x) >= size.width || Math.abs(b - y) >= size.height).toBe(true);
    }
    expect(layoutNodes(laid, { sizeOf: () => size, lookup: lookupNode })).toEqual(laid);
  });

  it('leaves no note among the nodes', () => {
    const right = Math.max(...Object.values(laid.nodes).map(({ position }) => position[0] + size.width));
    const [, top = 0] = at('digits');
    const among = Object.values(laid.notes).filter(({ position: [x, y], size: [, h] }) => x < right && y + h > top);
    expect(Object.keys(laid.notes).length).toBeGreaterThan(1);
    expect(among).toEqual([]);
  });

  it('goes on in the next line, survives circles, and refuses what would take too long', () => {
    const long = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`n${i}`, testNode('scale', `s${i}`)]));
    const edges = Array.from({ length: 29 }, (_, i) => `n${i}.table>n${i + 1}.table`);
    const options = { sizeOf: () => size, lookup: lookupNode };
    const document = layoutNodes(testDocument(long, [...edges, 'n29.table>n0.table']), options);
    if (isProblem(document)) throw new Error(document.code);
    const right = Math.max(...Object.values(document.nodes).map(({ position }) => position[0]));
    expect(right).toBeLessThan(1760);
    const many = Object.fromEntries(Array.from({ length: 1501 }, (_, i) => [`n${i}`, testNode('scale', `s${i}`)]));
    expect(layoutNodes(testDocument(many, []), options)).toMatchObject({ code: 'layout-too-large' });
  });

  it('moves only what was picked', () => {
    const some = layoutNodes(digits, { sizeOf: () => size, lookup: lookupNode, only: ['n1', 'n2'] });
    if (isProblem(some)) throw new Error(some.code);
    expect(some.nodes.n3).toBe(digits.nodes.n3);
  });
});

describe('groups', () => {
  it('hold a node once, are renamed, dissolved, and go with their last node', () => {
    const first = groupNodes(chain(), ['a', 'b', 'nobody'], 'One') ?? expect.fail();
    expect(first.document.groups).toEqual({ g1: { title: 'One', nodes: ['a', 'b'] } });
    const second = groupNodes(first.document, ['b', 'c'], 'Two') ?? expect.fail();
    expect(second.document.groups).toEqual({
      g1: { title: 'One', nodes: ['a'] },
      g2: { title: 'Two', nodes: ['b', 'c'] },
    });
    expect(groupsOf(second.document, ['c'])).toEqual(['g2']);
    expect(renameGroup(second.document, 'g2', 'New').groups.g2?.title).toBe('New');
    expect(ungroup(second.document, ['g1', 'g2'])).toEqual(chain());
    expect(removeParts(second.document, { nodes: ['a'] }).groups).toEqual({ g2: { title: 'Two', nodes: ['b', 'c'] } });
    expect(groupNodes(chain(), ['nobody'], 'x')).toBeUndefined();
  });
});

describe('selections', () => {
  it('reach up and down the wires', () => {
    expect(reach(chain(), ['c'], 'up').sort()).toEqual(['a', 'b', 'c']);
    expect(reach(chain(), ['c'], 'down').sort()).toEqual(['c', 'd', 'e']);
  });

  it('are removed: nodes, wires, notes', () => {
    const document = { ...chain(), notes: { t1: { text: '', position: [0, 0] as const, size: [1, 1] as const } } };
    const left = removeParts(document, { nodes: ['e'], edges: ['a.table>b.table'], notes: ['t1'] });
    expect(Object.keys(left.nodes)).toEqual(['a', 'b', 'c', 'd']);
    expect(Object.keys(left.edges)).toEqual(['b.table>c.table', 'c.dataset>d.dataset']);
    expect(left.notes).toEqual({});
  });
});
