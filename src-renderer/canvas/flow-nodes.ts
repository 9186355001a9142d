import { type Node, type NodeHandle, Position } from '@xyflow/react';
import type { Box, Boxes } from '../../src-shared/document/arrange';
import type { NodeId, Note, YardDocument } from '../../src-shared/document/document';
import type { Selection } from '../store/ui';
import type { Tab } from '../store/workspace';
import type { FacePort, NodeFace } from './node-face';
import { portOffset } from './node-size';
import type { Faces } from './use-faces';

export type StepNode = Node<{ readonly face: NodeFace }, 'step'>;
export type NoteNode = Node<{ readonly note: Note; readonly tab: Tab }, 'note'>;
export type FrameNode = Node<{ readonly title: string; readonly members: readonly NodeId[] }, 'frame'>;
export type FlowNode = StepNode | NoteNode | FrameNode;

/** Size of the place in which a port is hit. */
const hit = 24;
const frame = { sides: 16, top: 40, bottom: 16 } as const;

/** Where things stand (and how large notes are) while they are dragged: the document does not know it yet. */
export type Moved = ReadonlyMap<string, readonly [x: number, y: number, width?: number, height?: number]>;

export const noteId = (id: string) => `note:${id}`;
export const frameId = (id: string) => `frame:${id}`;

/** The part of a flow node's id that the document knows. */
export function ownId(id: string): string {
  return id.replace(/^(note|frame):/, '');
}

export function nodeBoxes({ nodes }: YardDocument, faces: Faces, moved: Moved): Boxes {
  const boxes: Record<NodeId, Box> = {};
  for (const [id, { position }] of Object.entries(nodes)) {
    const [x, y] = moved.get(id) ?? position;
    const { width, height } = faces.get(id) ?? { width: 0, height: 0 };
    boxes[id] = { x, y, width, height };
  }
  return boxes;
}

/** Nodes for the canvas; what did not change stays the same object, so that it is not drawn again. */
export class FlowNodes {
  private readonly known = new Map<string, { readonly deps: readonly unknown[]; readonly node: FlowNode }>();
  private list: readonly FlowNode[] = [];

  update(input: {
    readonly tab: Tab;
    readonly document: YardDocument;
    readonly faces: Faces;
    readonly boxes: Boxes;
    readonly moved: Moved;
    readonly selection: Selection;
  }): FlowNode[] {
    const { document, selection } = input;
    const [picked, pickedNotes] = [new Set(selection.nodes), new Set(selection.notes)];
    const next: FlowNode[] = [
      ...Object.keys(document.groups).flatMap((id) => this.frame(id, input) ?? []),
      ...Object.entries(document.notes).map(([id, note]) =>
        this.note(id, note, { ...input, isSelected: pickedNotes.has(id) }),
      ),
      ...Object.keys(document.nodes).flatMap((id) => this.step(id, { ...input, isSelected: picked.has(id) }) ?? []),
    ];
    const isSame = next.length === this.list.length && next.every((node, index) => node === this.list[index]);
    if (!isSame) this.list = next;
    // React Flow takes no readonly list; it does not write into it.
    return this.list as FlowNode[];
  }

  private step(id: NodeId, { faces, boxes, isSelected, tab }: Part): FlowNode | undefined {
    const [face, box] = [faces.get(id), boxes[id]];
    if (!face || !box) return undefined;
    return this.keep(id, [face, box.x, box.y, isSelected, tab.readOnly], () => ({
      ...placed(id, box),
      type: 'step',
      data: { face },
      selected: isSelected,
      draggable: tab.readOnly === undefined,
      handles: handlesOf(face),
      ariaLabel: face.label,
      zIndex: 2,
    }));
  }

  private note(id: string, note: Note, { moved, isSelected, tab }: Part): FlowNode {
    const [x, y, width = note.size[0], height = note.size[1]] = moved.get(noteId(id)) ?? note.position;
    return this.keep(noteId(id), [note, x, y, width, height, isSelected, tab], () => ({
      ...placed(noteId(id), { x, y, width, height }),
      type: 'note',
      data: { note, tab },
      selected: isSelected,
      draggable: tab.readOnly === undefined,
      zIndex: 1,
    }));
  }

  private frame(id: string, { document, boxes, tab }: Omit<Part, 'isSelected'>): FlowNode | undefined {
    const group = document.groups[id];
    const box = group && around(group.nodes.flatMap((node) => boxes[node] ?? []));
    if (!group || !box) return undefined;
    return this.keep(frameId(id), [group, box.x, box.y, box.width, box.height, tab.readOnly], () => ({
      ...placed(frameId(id), box),
      type: 'frame',
      data: { title: group.title, members: group.nodes },
      selectable: false,
      focusable: false,
      draggable: tab.readOnly === undefined,
      dragHandle: '.frame-title',
      // Only the title takes the pointer; what lies in the frame is reached through it.
      style: { pointerEvents: 'none' as const },
      zIndex: 0,
    }));
  }

  private keep(id: string, deps: readonly unknown[], make: () => FlowNode): FlowNode {
    const before = this.known.get(id);
    if (before?.deps.every((dep, index) => dep === deps[index])) return before.node;
    const node = make();
    this.known.set(id, { deps, node });
    return node;
  }
}

interface Part {
  readonly tab: Tab;
  readonly document: YardDocument;
  readonly faces: Faces;
  readonly boxes: Boxes;
  readonly moved: Moved;
  readonly isSelected: boolean;
}

function placed(id: string, { x, y, width, height }: Box) {
  return { id, position: { x, y }, width, height, measured: { width, height } };
}

function handlesOf({ inputs, outputs, width, isCollapsed }: NodeFace): NodeHandle[] {
  const handles = (ports: readonly FacePort[], type: 'source' | 'target') =>
    ports.map(({ name }, index) => ({
      id: name,
      type,
      position: type === 'source' ? Position.Right : Position.Left,
      x: (type === 'source' ? width : 0) - hit / 2,
      y: portOffset(index, isCollapsed) - hit / 2,
      width: hit,
      height: hit,
    }));
  return [...handles(inputs, 'target'), ...handles(outputs, 'source')];
}

/** The frame of a group: around its nodes, with room for its title. */
function around(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const left = Math.min(...boxes.map(({ x }) => x)) - frame.sides;
  const top = Math.min(...boxes.map(({ y }) => y)) - frame.top;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + frame.sides;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + frame.bottom;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
