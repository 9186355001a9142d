import { expect, it } from 'vitest';
import { freePlace } from './add-to-view';

const at = (...positions: (readonly [number, number])[]) => ({
  nodes: Object.fromEntries(
    positions.map((position, n) => [`n${n}`, { kind: 'a.b', version: 1, name: `n${n}`, params: {}, position }]),
  ),
});

it('stands on the grid', () => {
  expect(freePlace(at(), [101, -3])).toEqual([104, -0]);
});

it('steps aside of what stands there', () => {
  expect(freePlace(at([96, 96], [128, 128]), [100, 100])).toEqual([168, 168]);
});
