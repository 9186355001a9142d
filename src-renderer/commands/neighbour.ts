import type { NodeId, YardDocument } from '../../src-shared/document/document';

export type Direction = 'Left' | 'Right' | 'Up' | 'Down';

/**
 * The node that an arrow key leads to: the nearest one on that side, where what lies straight ahead is nearer than what
 * lies beside the way. From nowhere: the first in reading order.
 */
export function neighbour(
  { nodes }: Pick<YardDocument, 'nodes'>,
  from: NodeId | undefined,
  direction: Direction,
): NodeId | undefined {
  const start = from === undefined ? undefined : nodes[from]?.position;
  if (!start) return firstOf(nodes);
  const [x, y] = start;
  let best: { readonly id: NodeId; readonly far: number } | undefined;
  for (const [id, { position }] of Object.entries(nodes)) {
    const [ahead, aside] = turned([position[0] - x, position[1] - y], direction);
    // Within a quarter turn of the arrow's way.
    if (id === from || ahead <= 0 || Math.abs(aside) > ahead * 2 + 40) continue;
    const far = ahead + Math.abs(aside) * 2;
    if (!best || far < best.far) best = { id, far };
  }
  return best?.id;
}

function firstOf(nodes: YardDocument['nodes']): NodeId | undefined {
  const [first] = Object.entries(nodes).sort(([, a], [, b]) => {
    return a.position[1] - b.position[1] || a.position[0] - b.position[0];
  });
  return first?.[0];
}

/** How far ahead and how far aside, seen in the arrow's direction. */
function turned([dx, dy]: readonly [number, number], direction: Direction): readonly [number, number] {
  if (direction === 'Left') return [-dx, dy];
  if (direction === 'Right') return [dx, dy];
  return direction === 'Up' ? [-dy, dx] : [dy, dx];
}
