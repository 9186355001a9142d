import { describe, expect, it } from 'vitest';
import { type OutlineRow, outlineRows, rowForKey, rowForLetter } from './outline-rows';

const node = (kind: string, name: string) => ({ kind, name, version: 1, params: {}, position: [0, 0] as const });
const document = {
  nodes: {
    a: node('data.csv', 'penguins'),
    b: node('layer.dense', 'dense'),
    c: node('layer.input', 'input'),
    d: node('strange.thing', 'thing'),
  },
};
const names = (rows: readonly OutlineRow[]) => rows.map((row) => (row.kind === 'group' ? row.title.en : row.node.name));
const rows = outlineRows(document, { order: ['a', 'c', 'b'], closed: new Set() });

describe('outlineRows', () => {
  it('shows groups in the order of the work and nodes in the order of the graph', () => {
    expect(names(rows)).toEqual(['Data', 'penguins', 'Layers', 'input', 'dense', 'Unknown nodes', 'thing']);
    expect(rows[4]).toMatchObject({ place: 2, of: 2 });
  });

  it('keeps the heads of closed groups', () => {
    const closed = outlineRows(document, { order: [], closed: new Set(['layer']) });
    expect(names(closed)).toEqual(['Data', 'penguins', 'Layers', 'Unknown nodes', 'thing']);
    expect(closed[2]).toMatchObject({ count: 2, isOpen: false });
  });
});

describe('keys', () => {
  it('go up and down within the rows, and between a node and its group', () => {
    expect(rowForKey(rows, 0, 'ArrowDown')).toBe(1);
    expect(rowForKey(rows, 0, 'ArrowUp')).toBe(0);
    expect(rowForKey(rows, 6, 'ArrowDown')).toBe(6);
    expect(rowForKey(rows, 4, 'ArrowLeft')).toBe(2);
    expect(rowForKey(rows, 2, 'ArrowRight')).toBe(3);
    expect(rowForKey(rows, 3, 'ArrowRight')).toBeUndefined();
    expect(rowForKey(rows, 3, 'End')).toBe(6);
  });

  it('letters go to the next node of that name', () => {
    expect(rowForLetter(rows, 0, 'd')).toBe(4);
    expect(rowForLetter(rows, 4, 'P')).toBe(1);
    expect(rowForLetter(rows, 0, 'z')).toBeUndefined();
  });
});
