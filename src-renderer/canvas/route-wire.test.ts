import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box, Boxes } from '../../src-shared/document/arrange';
import { BoxIndex } from './box-index';
import { Lanes } from './lanes';
import { routeWire, type WireEnds } from './route-wire';
import { routeWires } from './route-wires';
import type { Point } from './wire-path';

const size = { width: 120, height: 64 };
const row = (y: number, count: number): [string, Box][] =>
  Array.from({ length: count }, (_, i) => [`${y}/${i}`, { x: i * 176, y, ...size }]);

/** From the right edge of one box to the left edge of another. */
function between(boxes: Boxes, source: string, target: string): WireEnds {
  const [a, b] = [boxes[source], boxes[target]];
  if (!a || !b) throw new Error(`${source} ${target}`);
  const from = { x: a.x + a.width, y: a.y + 32 };
  return { from, to: { x: b.x, y: b.y + 32 }, source, target, trunk: source };
}

function crosses(points: readonly Point[], { x, y, width, height }: Box): boolean {
  return points.slice(1).some((b, index) => {
    const a = points[index] ?? b;
    const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
    const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
    return right > x + 1 && left < x + width - 1 && bottom > y + 1 && top < y + height - 1;
  });
}

const two: Boxes = Object.fromEntries([...row(0, 5), ...row(160, 5), ...row(320, 5)]);
const index = new BoxIndex(Object.entries(two));

/** How far two wires run on top of each other. */
function sharedLength(a: readonly Point[], b: readonly Point[]): number {
  const lanes = new Lanes();
  lanes.take(a, 'a');
  return b.slice(1).reduce((sum, point, index) => sum + lanes.shared(b[index] ?? point, point, 'b'), 0);
}

describe('the way of a wire', () => {
  it('is straight between neighbours and an S between rows', () => {
    expect(routeWire(between(two, '0/0', '0/1'), index).path).toBe('M120,32 L176,32');
    expect(routeWire(between(two, '0/0', '160/2'), new BoxIndex([])).path).toMatch(/^M120,32 C/);
  });

  it('goes around every node that is in between', () => {
    for (const [source, target] of [
      ['0/0', '0/2'],
      ['0/4', '160/0'],
      ['160/4', '0/0'],
      ['320/2', '320/1'],
      ['0/0', '320/4'],
      ['320/4', '0/2'],
    ] as const) {
      const { points } = routeWire(between(two, source, target), index);
      const hit = Object.entries(two).filter(([, box]) => crosses(points, box));
      expect(hit, `${source} → ${target}`).toEqual([]);
    }
  });

  it('leaves to the right and enters from the left, whatever lies around', () => {
    const place = fc.record({ x: fc.integer({ min: -600, max: 600 }), y: fc.integer({ min: -600, max: 600 }) });
    fc.assert(
      fc.property(fc.array(place, { minLength: 2, maxLength: 14 }), (places) => {
        const boxes: Boxes = Object.fromEntries(places.map((at, i) => [`${i}`, { ...at, ...size }]));
        const ends = between(boxes, '0', '1');
        const { points } = routeWire(ends, new BoxIndex(Object.entries(boxes)));
        expect([points[0], points.at(-1)]).toEqual([ends.from, ends.to]);
        expect(points[1]?.x).toBeGreaterThan(ends.from.x);
        expect(points.at(-2)?.x).toBeLessThan(ends.to.x);
      }),
      { numRuns: 300 },
    );
  });
});

describe('many wires', () => {
  it('of one port share their way, of two ports never run on each other', () => {
    const wires = new Map([
      ['a', between(two, '0/4', '160/0')],
      ['b', between(two, '0/4', '320/0')],
      ['c', between(two, '160/4', '320/1')],
    ]);
    const routes = routeWires(wires, two);
    const [a, b, c] = ['a', 'b', 'c'].map((id) => routes.get(id)?.points ?? []);
    expect(b?.[1]).toEqual(a?.[1]);
    expect(sharedLength(c ?? [], a ?? []) + sharedLength(c ?? [], b ?? [])).toBe(0);
  });

  it('find their way quickly in a large graph', () => {
    const boxes: Boxes = Object.fromEntries(Array.from({ length: 50 }, (_, i) => row(i * 160, 20)).flat());
    const ids = Object.keys(boxes);
    const wires = new Map(ids.slice(0, -1).map((id, i) => [id, between(boxes, id, ids[(i + 21) % ids.length] ?? id)]));
    const routes = routeWires(wires, boxes);
    expect(routes.size).toBe(999);
    const wrong = [...routes].filter(([, { points }]) => points.some(({ x, y }) => !Number.isFinite(x + y)));
    expect(wrong).toEqual([]);
  });
});
