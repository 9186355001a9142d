import { describe, expect, it } from 'vitest';
import type { YardDocument } from './document';
import { makeRoom } from './make-room';
import { chain } from './test-nodes';

const size = { width: 100, height: 64 };

function at(places: Readonly<Record<string, readonly [number, number]>>): YardDocument {
  const document = chain();
  const nodes = Object.entries(places).map(([id, position]) => {
    const node = document.nodes[id];
    if (!node) throw new Error(id);
    return [id, { ...node, position }];
  });
  return { ...document, nodes: Object.fromEntries(nodes) };
}

function roomFor(id: string, document: YardDocument) {
  const boxes = Object.fromEntries(
    Object.entries(document.nodes).map(([node, { position }]) => [node, { ...size, x: position[0], y: position[1] }]),
  );
  const { nodes } = makeRoom(document, boxes, id);
  return Object.fromEntries(Object.entries(nodes).map(([node, { position }]) => [node, position]));
}

describe('room for a node that was put between others', () => {
  it('pushes what stands to its right, and only as far as needed', () => {
    const document = at({ a: [0, 0], b: [120, 0], c: [150, 8], d: [500, 0], e: [150, 200] });
    expect(roomFor('b', document)).toEqual({ a: [0, 0], b: [132, 0], c: [264, 8], d: [500, 0], e: [150, 200] });
  });

  it('changes nothing where there is room', () => {
    const document = at({ a: [0, 0], b: [140, 0], c: [280, 0] });
    const boxes = { a: { ...size, x: 0, y: 0 }, b: { ...size, x: 140, y: 0 }, c: { ...size, x: 280, y: 0 } };
    expect(makeRoom(document, boxes, 'b')).toBe(document);
    expect(makeRoom(document, boxes, 'gone')).toBe(document);
  });
});
