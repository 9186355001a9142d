import type { NodeChange, OnNodeDrag } from '@xyflow/react';
import { useRef } from 'react';
import type { Boxes } from '../../src-shared/document/arrange';
import type { EdgeId, NodeId, YardDocument } from '../../src-shared/document/document';
import { putOnWire } from '../../src-shared/document/edit-insert';
import { makeRoom } from '../../src-shared/document/make-room';
import { isProblem } from '../../src-shared/problem';
import { known } from '../commands/active';
import type { Tab } from '../store/workspace';
import { useCanvas } from './canvas-store';
import { dragged, dropped } from './drag';
import { type FlowNode, type Moved, nodeBoxes } from './flow-nodes';
import type { WireRoute } from './route-wire';
import { wireUnder } from './splice';
import type { Faces } from './use-faces';

interface Dragged {
  readonly document: YardDocument;
  readonly faces: Faces;
  readonly nodes: readonly FlowNode[];
  readonly routes: ReadonlyMap<EdgeId, WireRoute>;
  readonly moved: Moved;
  readonly setMoved: (moved: Moved) => void;
}

const nothingMoved: Moved = new Map();

/** Dragging stays in the canvas; what was dropped is one undo step. */
export function useDragging({ editor }: Tab, { document, faces, nodes, routes, moved, setMoved }: Dragged) {
  // Several changes may come before the next picture.
  const latest = useRef(moved);
  latest.current = moved;
  const move = (next: Moved) => {
    latest.current = next;
    setMoved(next);
  };
  const onNodesChange = (changes: readonly NodeChange<FlowNode>[]) => {
    if (!changes.some(isDrag)) return;
    move(dragged(latest.current, changes, { document, faces, frames: framesOf(nodes) }));
  };
  const onNodeDrag: OnNodeDrag<FlowNode> = (event, node, all) => {
    const under = all.length === 1 && !event.altKey ? wireBelow(node.id) : undefined;
    if (useCanvas.getState().under !== under) useCanvas.setState({ under });
  };
  const wireBelow = (id: NodeId) => {
    const box = nodeBoxes(document, faces, latest.current)[id];
    return box && wireUnder(document, { id, box }, routes);
  };
  const finish = () => {
    const { under } = useCanvas.getState();
    const [only] = latest.current.keys();
    const drop = latest.current;
    const boxes = nodeBoxes(document, faces, drop);
    const splice = { ...(only === undefined ? {} : { node: only }), ...(under === undefined ? {} : { wire: under }) };
    if (drop.size > 0) editor.edit('node.move', (before) => spliced(dropped(before, drop), boxes, splice));
    useCanvas.setState({ under: undefined });
    move(nothingMoved);
  };
  return {
    onNodesChange,
    onNodeDrag,
    onNodeDragStop: finish,
    onSelectionDragStop: finish,
  };
}

/** Into the wire that it was dropped on, where it fits; what is in its way moves on. */
function spliced(document: YardDocument, boxes: Boxes, { node, wire }: Partial<Splice>): YardDocument {
  if (node === undefined || wire === undefined) return document;
  const put = putOnWire(document, { node, wire }, known);
  return isProblem(put) ? document : makeRoom(put, boxes, node);
}

interface Splice {
  readonly node: NodeId;
  readonly wire: EdgeId;
}

function isDrag(change: NodeChange<FlowNode>): boolean {
  return (
    (change.type === 'position' && change.dragging !== undefined) ||
    (change.type === 'dimensions' && change.resizing === true)
  );
}

function framesOf(nodes: readonly FlowNode[]): Boxes {
  return Object.fromEntries(
    nodes.flatMap(({ id, type, position, width = 0, height = 0 }) =>
      type === 'frame' ? [[id, { ...position, width, height }]] : [],
    ),
  );
}
