import type { NodeId, YardDocument } from './document';
import { moveNodes } from './edit-nodes';

/** Where a node stands and how large it is drawn, in the canvas's own units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export type Boxes = Readonly<Record<NodeId, Box>>;

export type Edge = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';

/** Puts nodes on one line: their left edges, middles … at the place of the outermost one (of the mean, for middles). */
export function alignNodes(document: YardDocument, boxes: Boxes, edge: Edge): YardDocument {
  const entries = Object.entries(boxes);
  if (entries.length < 2) return document;
  const isAcross = edge === 'left' || edge === 'centre' || edge === 'right';
  const share = edge === 'left' || edge === 'top' ? 0 : edge === 'centre' || edge === 'middle' ? 0.5 : 1;
  const places = entries.map(([, box]) => (isAcross ? box.x + box.width * share : box.y + box.height * share));
  const line = share === 0 ? Math.min(...places) : share === 1 ? Math.max(...places) : mean(places);
  const moved = entries.map(([id, { x, y, width, height }]) => {
    const position = isAcross ? [line - width * share, y] : [x, line - height * share];
    return [id, rounded(position)] as const;
  });
  return moveNodes(document, Object.fromEntries(moved));
}

/** Gives nodes equal gaps between the first and the last of them. */
export function distributeNodes(document: YardDocument, boxes: Boxes, axis: 'x' | 'y'): YardDocument {
  const size = axis === 'x' ? 'width' : 'height';
  const entries = Object.entries(boxes).sort(([, a], [, b]) => a[axis] - b[axis]);
  const [first, last] = [entries[0]?.[1], entries.at(-1)?.[1]];
  if (!first || !last || entries.length < 3) return document;
  const taken = entries.reduce((sum, [, box]) => sum + box[size], 0);
  const gap = (last[axis] + last[size] - first[axis] - taken) / (entries.length - 1);
  let next = first[axis];
  const moved = entries.map(([id, box]) => {
    const position = axis === 'x' ? [next, box.y] : [box.x, next];
    next += box[size] + gap;
    return [id, rounded(position)] as const;
  });
  return moveNodes(document, Object.fromEntries(moved));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rounded([x = 0, y = 0]: readonly number[]): readonly [number, number] {
  return [Math.round(x), Math.round(y)];
}
