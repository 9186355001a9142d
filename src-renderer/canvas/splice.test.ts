import { describe, expect, it } from 'vitest';
import { chain } from '../../src-shared/document/test-nodes';
import { wireAcross, wireUnder } from './splice';
import type { Point } from './wire-path';

const route = (...points: Point[]) => ({ path: '', points, middle: { x: 0, y: 0 } });
const routes = new Map([
  ['a.table>b.table', route({ x: 0, y: 0 }, { x: 200, y: 0 })],
  ['b.table>c.table', route({ x: 0, y: 50 }, { x: 100, y: 50 }, { x: 100, y: 300 })],
]);
const box = (x: number, y: number) => ({ x: x - 50, y: y - 32, width: 100, height: 64 });

describe('the wire under a node', () => {
  it('is the one closest to its middle', () => {
    expect(wireAcross(box(150, 10), routes)).toBe('a.table>b.table');
    expect(wireAcross(box(60, 40), routes)).toBe('b.table>c.table');
    expect(wireAcross(box(110, 200), routes)).toBe('b.table>c.table');
    expect(wireAcross(box(400, 200), routes)).toBeUndefined();
  });

  it('is none for a node that is wired already', () => {
    expect(wireUnder(chain(), { id: 'a', box: box(150, 10) }, routes)).toBeUndefined();
    expect(wireUnder(chain(), { id: 'free', box: box(150, 10) }, routes)).toBe('a.table>b.table');
  });
});
