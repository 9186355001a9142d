import type { NodeLookup } from '../nodes/catalog';
import type { NodeDefinition } from '../nodes/define-node';
import { accepts } from '../nodes/ports';
import type { NodeId, PortRef, YardDocument, YardNode } from './document';
import { ownEntry } from './own-entry';
import { type Wire, wiresOf } from './wires';

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
  readonly inputs: Readonly<Record<string, readonly PortRef[]>>;
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
  const wires = wiresOf(document);
  const { sources, loose } = connect(wires, document, lookup);
  const { order, cyclic } = sortTopologically(Object.keys(document.nodes), sources);
  const nodes = new Map<NodeId, GraphNode>();
  for (const id of order) {
    const node = ownEntry(document.nodes, id);
    if (node) nodes.set(id, resolve({ id, node, definition: lookup(node.kind) }, sources.get(id) ?? unwired, nodes));
  }
  return { order: [...nodes.values()], nodes, cyclic, wires, loose, document };
}

type Sources = ReadonlyMap<string, readonly PortRef[]>;

const unwired: Sources = new Map();

interface Connections {
  /** By node and port, the ports it is wired to. */
  readonly sources: ReadonlyMap<NodeId, Sources>;
  readonly loose: readonly Wire[];
}

function connect(wires: readonly Wire[], { nodes }: YardDocument, lookup: NodeLookup): Connections {
  const sources = new Map<NodeId, Map<string, PortRef[]>>();
  const loose: Wire[] = [];
  for (const wire of wires) {
    const { from, to } = wire;
    const ends = { source: ownEntry(nodes, from.node), target: ownEntry(nodes, to.node) };
    const ports = sources.get(to.node) ?? new Map<string, PortRef[]>();
    const list = ports.get(to.port);
    if (!fits(wire, ends, { isTaken: list !== undefined, lookup })) loose.push(wire);
    else if (list) list.push(from);
    else sources.set(to.node, ports.set(to.port, [from]));
  }
  return { sources, loose };
}

interface Ends {
  readonly source: YardNode | undefined;
  readonly target: YardNode | undefined;
}

function fits(
  { from, to }: Wire,
  { source, target }: Ends,
  { isTaken, lookup }: { readonly isTaken: boolean; readonly lookup: NodeLookup },
): boolean {
  if (!source || !target) return false;
  const definition = lookup(target.kind);
  const port = definition && ownEntry(definition.inputs, to.port);
  const outputs = lookup(source.kind)?.outputs;
  if ((definition && !port) || (outputs && !ownEntry(outputs, from.port))) return false;
  return !isTaken || !port || port.many === true;
}

/** Kahn's algorithm; nodes that are ready together keep the document's order. */
function sortTopologically(
  ids: readonly NodeId[],
  sources: ReadonlyMap<NodeId, Sources>,
): { order: NodeId[]; cyclic: NodeId[] } {
  /** How many nodes each one still waits for. */
  const waiting = new Map<NodeId, number>();
  const consumers = new Map<NodeId, NodeId[]>();
  for (const [id, ports] of sources) {
    const before = sourceNodes(ports);
    waiting.set(id, before.size);
    for (const from of before) {
      const list = consumers.get(from);
      if (list) list.push(id);
      else consumers.set(from, [id]);
    }
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

function sourceNodes(ports: Sources): ReadonlySet<NodeId> {
  const found = new Set<NodeId>();
  for (const refs of ports.values()) for (const ref of refs) found.add(ref.node);
  return found;
}

function resolve(
  { id, node, definition }: Pick<GraphNode, 'id' | 'node' | 'definition'>,
  sources: Sources,
  before: ReadonlyMap<NodeId, GraphNode>,
): GraphNode {
  const inputs: Record<string, readonly PortRef[]> = {};
  const cut: Record<string, string> = {};
  for (const [port, refs] of sources) {
    const through: PortRef[] = [];
    for (const ref of refs) {
      const seen = seeThrough(ref, before);
      if (seen) through.push(seen);
      else cut[port] ??= before.get(ref.node)?.node.name ?? '';
    }
    inputs[port] = through;
  }
  return { id, node, definition, inputs, cut, isOff: Boolean(node.muted || node.bypassed) };
}

/** The port that really gives the value: behind a bypassed node, what enters it; nothing behind a muted one. */
function seeThrough(ref: PortRef, before: ReadonlyMap<NodeId, GraphNode>): PortRef | undefined {
  const source = before.get(ref.node);
  if (!source?.isOff) return ref;
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
