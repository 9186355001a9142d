import type { Box } from '../../src-shared/document/arrange';
import type { EdgeId, NodeId, YardDocument } from '../../src-shared/document/document';
import { wiresOf } from '../../src-shared/document/wires';
import type { WireRoute } from './route-wire';
import type { Point } from './wire-path';

/** The wire that a node lies on, if nothing is wired to the node yet: dropped there it goes in between. */
export function wireUnder(
  document: YardDocument,
  { id, box }: { readonly id: NodeId; readonly box: Box },
  routes: ReadonlyMap<EdgeId, WireRoute>,
): EdgeId | undefined {
  if (wiresOf(document).some(({ from, to }) => from.node === id || to.node === id)) return undefined;
  return wireAcross(box, routes);
}

/** The wire that runs closest to the middle of a box, and through it. */
export function wireAcross(box: Box, routes: ReadonlyMap<EdgeId, WireRoute>): EdgeId | undefined {
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  let best: { readonly id: EdgeId; readonly away: number } | undefined;
  for (const [id, { points }] of routes) {
    const away = Math.min(...points.slice(1).map((point, index) => distanceTo(centre, points[index] ?? point, point)));
    if (away < box.height / 2 && (!best || away < best.away)) best = { id, away };
  }
  return best?.id;
}

/** From a point to a straight piece. */
function distanceTo(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length));
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}
