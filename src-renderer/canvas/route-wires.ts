import type { Boxes } from '../../src-shared/document/arrange';
import { BoxIndex } from './box-index';
import { Lanes } from './lanes';
import { routeWire, type WireEnds, type WireRoute } from './route-wire';

/** Routes of many wires that keep out of each other's way; short ones choose first. */
export function routeWires(wires: ReadonlyMap<string, WireEnds>, boxes: Boxes): Map<string, WireRoute> {
  const index = new BoxIndex(Object.entries(boxes));
  const lanes = new Lanes();
  const inOrder = [...wires].sort(([, a], [, b]) => lengthOf(a) - lengthOf(b));
  return new Map(inOrder.map(([id, ends]) => [id, routeWire(ends, index, lanes)]));
}

function lengthOf({ from, to }: WireEnds): number {
  return Math.abs(from.x - to.x) + Math.abs(from.y - to.y);
}
