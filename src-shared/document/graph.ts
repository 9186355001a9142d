import type { NodeLookup } from '../nodes/catalog';
import type { NodeDefinition } from '../nodes/define-node';
import { accepts } from '../types/ports';
import type { NodeId, YardDocument, YardNode } from './document';
import { ownEntry } from './own-entry';
import { byOrder, readWires, type Source, type Wire, wireKey } from './wires';

/** A node with what infer, plan and the engine ask of it. */
export interface GraphNode {
  readonly id: NodeId;
  readonly node: YardNode;
  /** Absent for a kind that this version does not know. */
  readonly definition: NodeDefinition | undefined;
  /**
   * Where each input port's values come from, in order. Bypassed nodes are seen through: their consumers read what
   * enters them. Empty or absent: nothing is connected, or it is muted.
   */
  readonly inputs: Readonly<Record<string, readonly Source[]>>;
  /** The ports that it declares to give values at; none where its kind is not known. */
  readonly outputs: readonly Source[];
  /** Names of muted nodes (or bypassed ones that pass nothing on) that an input was connected to. */
  readonly cut: Readonly<Record<string, string>>;
  /** Muted and bypassed nodes do nothing themselves. */
  readonly isOff: boolean;
}

/** The document as a graph: what is wired to what once muted and bypassed nodes are taken out. */
export interface Graph {
  /** Every node after all nodes it reads from. Nodes on a cycle, and those behind one, are left out. */
  readonly order: readonly GraphNode[];
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  /** Nodes on or behind a cycle. */
  readonly cyclic: readonly NodeId[];
  /** Every wire whose id can be read. */
  readonly wires: readonly Wire[];
  /** Those of them that lead nowhere, to no port that there is, or to a port that is taken. */
  readonly loose: readonly Wire[];
  readonly document: YardDocument;
}

export function buildGraph(document: YardDocument, lookup: NodeLookup): Graph {
  const wires = readWires(document);
  const known = new Map(Object.entries(document.nodes));
  const { wired, loose } = connect(wires, known, lookup);
  const { order, cyclic } = sortTopologically([...known.keys()], wired);
  const nodes = new Map<NodeId, GraphNode>();
  for (const id of order) {
    const node = known.get(id);
    if (node) nodes.set(id, resolve({ id, node, definition: lookup(node.kind) }, wired.get(id) ?? unwired, nodes));
  }
  return { order: [...nodes.values()], nodes, cyclic, wires, loose, document };
}

/** Wires that lead into a node, by port. */
type Wired = ReadonlyMap<string, readonly Wire[]>;

const unwired: Wired = new Map();

type KnownNodes = ReadonlyMap<NodeId, YardNode>;

interface Connections {
  /** By the node that they lead to. */
  readonly wired: ReadonlyMap<NodeId, Wired>;
  readonly loose: readonly Wire[];
}

function connect(wires: readonly Wire[], nodes: KnownNodes, lookup: NodeLookup): Connections {
  const wired = byTarget(wires);
  const loose: Wire[] = [];
  for (const [id, ports] of wired) {
    const target = nodes.get(id);
    for (const [port, list] of ports) {
      const limit = target ? roomAt(lookup(target.kind), port) : 0;
      const led = inOrder(list).filter((wire) => hasSource(wire, nodes, lookup));
      if (led.length === list.length && led.length <= limit) continue;
      const fitting = new Set(led.slice(0, limit));
      for (const wire of list) if (!fitting.has(wire)) loose.push(wire);
      ports.set(port, [...fitting]);
    }
  }
  return { wired, loose: loose.sort(byOrder) };
}

/** Most lists have one wire, or are in order already. */
function inOrder(list: Wire[]): Wire[] {
  const isInOrder = list.every((wire, at) => at === 0 || byOrder(list[at - 1] ?? wire, wire) < 0);
  return isInOrder ? list : list.sort(byOrder);
}

function byTarget(wires: readonly Wire[]): Map<NodeId, Map<string, Wire[]>> {
  const targets = new Map<NodeId, Map<string, Wire[]>>();
  for (const wire of wires) {
    const { node, port } = wire.to;
    const ports = targets.get(node);
    const list = ports?.get(port);
    if (list) list.push(wire);
    else if (ports) ports.set(port, [wire]);
    else targets.set(node, new Map([[port, [wire]]]));
  }
  return targets;
}

/** How many wires an input port takes. */
function roomAt(definition: NodeDefinition | undefined, name: string): number {
  if (!definition) return Number.POSITIVE_INFINITY;
  const port = ownEntry(definition.inputs, name);
  if (!port) return 0;
  return port.many ? Number.POSITIVE_INFINITY : 1;
}

function hasSource({ from }: Wire, nodes: KnownNodes, lookup: NodeLookup): boolean {
  const source = nodes.get(from.node);
  if (!source) return false;
  const outputs = lookup(source.kind)?.outputs;
  return !outputs || ownEntry(outputs, from.port) !== undefined;
}

/** Kahn's algorithm; nodes that are ready together keep the document's order. */
function sortTopologically(
  ids: readonly NodeId[],
  wired: ReadonlyMap<NodeId, Wired>,
): { order: NodeId[]; cyclic: NodeId[] } {
  /** How many wires each node still waits for. */
  const waiting = new Map<NodeId, number>();
  /** A node stands here once for each wire that it reads. */
  const consumers = new Map<NodeId, NodeId[]>();
  for (const id of ids) {
    let count = 0;
    for (const wires of (wired.get(id) ?? unwired).values()) {
      count += wires.length;
      for (const { from } of wires) {
        const list = consumers.get(from.node);
        if (list) list.push(id);
        else consumers.set(from.node, [id]);
      }
    }
    if (count > 0) waiting.set(id, count);
  }
  const order = ids.filter((id) => !waiting.has(id));
  for (let next = 0; next < order.length; next++) {
    for (const id of consumers.get(order[next] ?? '') ?? []) {
      const left = (waiting.get(id) ?? 0) - 1;
      waiting.set(id, left);
      if (left === 0) order.push(id);
    }
  }
  const sorted = new Set(order);
  return { order, cyclic: ids.filter((id) => !sorted.has(id)) };
}

function resolve(
  { id, node, definition }: Pick<GraphNode, 'id' | 'node' | 'definition'>,
  wired: Wired,
  before: ReadonlyMap<NodeId, GraphNode>,
): GraphNode {
  const inputs: Record<string, readonly Source[]> = {};
  const cut: Record<string, string> = {};
  for (const [port, wires] of wired) {
    const through: Source[] = [];
    for (const { from } of wires) {
      const seen = seeThrough(from, before);
      if (seen) through.push(seen);
      else cut[port] ??= before.get(from.node)?.node.name ?? '';
    }
    inputs[port] = through;
  }
  const outputs = Object.keys(definition?.outputs ?? {}).map((port) => {
    return { node: id, port, wire: wireKey({ node: id, port }) };
  });
  return { id, node, definition, inputs, outputs, cut, isOff: Boolean(node.muted || node.bypassed) };
}

/** The port that really gives the value: behind a bypassed node, what enters it; nothing behind a muted one. */
function seeThrough(ref: Source, before: ReadonlyMap<NodeId, GraphNode>): Source | undefined {
  const source = before.get(ref.node);
  if (!source?.isOff) return source?.outputs.find(({ port }) => port === ref.port) ?? ref;
  if (source.node.muted || !source.definition) return undefined;
  const output = ownEntry(source.definition.outputs, ref.port);
  if (!output) return undefined;
  const name = output.type;
  if (typeof name !== 'string') return source.inputs[name.as]?.[0];
  const fitting = Object.entries(source.definition.inputs).find(
    ([port, input]) => accepts(input, name) && (source.inputs[port]?.length ?? 0) > 0,
  );
  return fitting && source.inputs[fitting[0]]?.[0];
}
