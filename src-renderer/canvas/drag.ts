import type { NodeChange } from '@xyflow/react';
import type { Boxes } from '../../src-shared/document/arrange';
import type { YardDocument } from '../../src-shared/document/document';
import { moveNodes } from '../../src-shared/document/edit-nodes';
import { updateNote } from '../../src-shared/document/edit-notes';
import { ownEntry } from '../../src-shared/document/own-entry';
import { type FlowNode, frameId, type Moved, nodeBoxes, ownId } from './flow-nodes';
import type { Faces } from './use-faces';

type PlaceChange = Extract<NodeChange<FlowNode>, { type: 'position' | 'dimensions' }>;

interface Around {
  readonly document: YardDocument;
  readonly faces: Faces;
  /** The frames as they are drawn. */
  readonly frames: Boxes;
}

/** Where things stand after more of a drag. A frame takes its nodes along. */
export function dragged(moved: Moved, changes: readonly NodeChange<FlowNode>[], around: Around): Moved {
  const next = new Map(moved);
  for (const change of changes) {
    if (change.type === 'position' && change.position) place(next, { ...change, ...change.position }, around);
    if (change.type === 'dimensions' && change.dimensions && change.resizing) resize(next, change, around.document);
  }
  return next;
}

type Next = Map<string, readonly [x: number, y: number, width?: number, height?: number]>;

function place(next: Next, { id, x, y }: { id: string; x: number; y: number }, around: Around): void {
  if (id !== frameId(ownId(id))) {
    const [, , ...size] = next.get(id) ?? [];
    next.set(id, [x, y, ...size]);
    return;
  }
  const frame = around.frames[id];
  const group = ownEntry(around.document.groups, ownId(id));
  if (!frame || !group) return;
  const boxes = nodeBoxes(around.document, around.faces, next);
  for (const node of group.nodes) {
    const box = boxes[node];
    if (box) next.set(node, [box.x + x - frame.x, box.y + y - frame.y]);
  }
}

function resize(
  next: Next,
  { id, dimensions }: Extract<PlaceChange, { type: 'dimensions' }>,
  document: YardDocument,
): void {
  const note = ownEntry(document.notes, ownId(id));
  const [x, y] = next.get(id) ?? note?.position ?? [];
  if (x === undefined || y === undefined || !dimensions) return;
  next.set(id, [x, y, dimensions.width, dimensions.height]);
}

/** The document with everything where it was dropped. */
export function dropped(document: YardDocument, moved: Moved): YardDocument {
  const nodes: Record<string, readonly [number, number]> = {};
  let next = document;
  for (const [id, [x, y]] of moved) {
    const position = [Math.round(x), Math.round(y)] as const;
    if (Object.hasOwn(document.nodes, id)) nodes[id] = position;
    else next = updateNote(next, ownId(id), { position });
  }
  return moveNodes(next, nodes);
}
