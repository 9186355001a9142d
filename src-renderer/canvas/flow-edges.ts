import type { Edge } from '@xyflow/react';
import type { Boxes } from '../../src-shared/document/arrange';
import type { PortRef, YardDocument } from '../../src-shared/document/document';
import { type Wire, wiresOf } from '../../src-shared/document/wires';
import type { WireName, WireType } from '../../src-shared/types/ports';
import type { NodeFace } from './node-face';
import { portOffset } from './node-size';
import type { WireEnds, WireRoute } from './route-wire';
import type { Faces } from './use-faces';

export interface WireData extends Record<string, unknown> {
  readonly route: WireRoute;
  readonly wire: WireName | undefined;
  readonly type: WireType | undefined;
  readonly isWrong: boolean;
  readonly isOff: boolean;
  /** Its port feeds nothing else: it may part the wires that it crosses. */
  readonly isAlone: boolean;
}
export type FlowEdge = Edge<WireData, 'wire'>;

/** Both ends of all wires whose nodes and ports are there. */
export function wireEnds(document: YardDocument, faces: Faces, boxes: Boxes): Map<string, WireEnds> {
  const found = new Map<string, WireEnds>();
  for (const { id, from, to } of wiresOf(document)) {
    const start = portPlace({ node: from.node, port: from.port, side: 'outputs' }, faces, boxes);
    const end = portPlace({ node: to.node, port: to.port, side: 'inputs' }, faces, boxes);
    if (!start || !end) continue;
    found.set(id, { from: start, to: end, source: from.node, target: to.node, trunk: `${from.node}.${from.port}` });
  }
  return found;
}

interface PortPlace {
  readonly node: string;
  readonly port: string;
  readonly side: 'inputs' | 'outputs';
}

/** The middle of a port's ring. */
export function portPlace({ node, port, side }: PortPlace, faces: Faces, boxes: Boxes) {
  const [face, box] = [faces.get(node), boxes[node]];
  const index = face?.[side].findIndex(({ name }) => name === port) ?? -1;
  if (!face || !box || index < 0) return undefined;
  return { x: box.x + (side === 'outputs' ? box.width : 0), y: box.y + portOffset(index, face.isCollapsed) };
}

interface EdgesInput {
  readonly document: YardDocument;
  readonly faces: Faces;
  readonly routes: ReadonlyMap<string, WireRoute>;
  readonly typeOf: (key: string) => WireType | undefined;
  readonly selected: readonly string[];
  /** Nodes and ports (`name.port`) with an error of what enters there. */
  readonly wrong: ReadonlySet<string>;
}

/** Wires for the canvas; what did not change stays the same object. */
export class FlowEdges {
  private readonly known = new Map<string, { readonly deps: readonly unknown[]; readonly edge: FlowEdge }>();
  private list: readonly FlowEdge[] = [];

  update(input: EdgesInput): FlowEdge[] {
    const selected = new Set(input.selected);
    const wires = wiresOf(input.document);
    const leaving = new Map<string, number>();
    for (const { from } of wires) leaving.set(keyOf(from), (leaving.get(keyOf(from)) ?? 0) + 1);
    const next = wires.flatMap((wire) => {
      const more = { isSelected: selected.has(wire.id), isAlone: leaving.get(keyOf(wire.from)) === 1 };
      return this.edge(wire, more, input) ?? [];
    });
    const isSame = next.length === this.list.length && next.every((edge, index) => edge === this.list[index]);
    if (!isSame) this.list = next;
    // React Flow takes no readonly list; it does not write into it.
    return this.list as FlowEdge[];
  }

  private edge({ id, from, to }: Wire, { isSelected, isAlone }: More, input: EdgesInput): FlowEdge | undefined {
    const route = input.routes.get(id);
    const [source, target] = [input.faces.get(from.node), input.faces.get(to.node)];
    if (!route || !source || !target) return undefined;
    const type = input.typeOf(keyOf(from));
    const wire = source.outputs.find(({ name }) => name === from.port)?.wire;
    const isWrong = input.wrong.has(`${target.name}.${to.port}`);
    const isOff = source.look === 'muted' || target.look === 'muted';
    const deps = [route.path, type, wire, isWrong, isOff, isAlone, isSelected, source.name, target.name];
    const before = this.known.get(id);
    if (before?.deps.every((dep, index) => dep === deps[index])) return before.edge;
    const edge = toEdge(
      { id, from, to },
      { source, target, isSelected, data: { route, wire, type, isWrong, isOff, isAlone } },
    );
    this.known.set(id, { deps, edge });
    return edge;
  }
}

interface More {
  readonly isSelected: boolean;
  readonly isAlone: boolean;
}

function keyOf({ node, port }: PortRef): string {
  return `${node}.${port}`;
}

interface Drawn {
  readonly source: NodeFace;
  readonly target: NodeFace;
  readonly isSelected: boolean;
  readonly data: WireData;
}

function toEdge(
  { id, from, to }: Pick<Wire, 'id' | 'from' | 'to'>,
  { source, target, isSelected, data }: Drawn,
): FlowEdge {
  return {
    id,
    type: 'wire',
    source: from.node,
    sourceHandle: from.port,
    target: to.node,
    targetHandle: to.port,
    selected: isSelected,
    ariaLabel: `${source.name}.${from.port} → ${target.name}.${to.port}`,
    data,
    zIndex: isSelected ? 1 : 0,
  };
}
