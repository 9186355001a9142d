import type { Box, Boxes } from './arrange';
import type { NodeId, YardDocument } from './document';
import { moveNodes } from './edit-nodes';

const gap = 32;

/** After a node was put between others: it and what stands to its right in the row move on until nothing overlaps. */
export function makeRoom(document: YardDocument, boxes: Boxes, id: NodeId): YardDocument {
  const box = boxes[id];
  if (!box) return document;
  const row = Object.entries(boxes).filter(([other, each]) => other !== id && sharesRow(each, box));
  const left = row.filter(([, each]) => middle(each) < middle(box)).map(([, each]) => each.x + each.width + gap);
  let free = Math.max(box.x, ...left.filter((edge) => edge < box.x + box.width + gap));
  const moved: Record<NodeId, readonly [number, number]> = {};
  const place = (node: NodeId, { x, y, width }: Box) => {
    if (x < free) moved[node] = [free, y];
    free = Math.max(x, free) + width + gap;
  };
  place(id, box);
  const right = row.filter(([, each]) => middle(each) >= middle(box)).sort(([, a], [, b]) => a.x - b.x);
  for (const [node, each] of right) {
    if (each.x >= free) break;
    place(node, each);
  }
  return Object.keys(moved).length === 0 ? document : moveNodes(document, moved);
}

function sharesRow(a: Box, b: Box): boolean {
  return a.y < b.y + b.height && a.y + a.height > b.y;
}

function middle({ x, width }: Box): number {
  return x + width / 2;
}
