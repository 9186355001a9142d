import type { NodeDefinition } from '../nodes/define-node';
import { isProblem, type Problem, problem } from '../problem';
import type { Known } from './adapters';
import { type EdgeId, type NodeId, type Params, type PortRef, parseEdgeId, type YardDocument } from './document';
import { connect, disconnect } from './edit-edges';
import { addNode } from './edit-nodes';
import { ownEntry } from './own-entry';
import { wiresOf } from './wires';

export interface Insertion {
  readonly kind: string;
  readonly wire: EdgeId;
  readonly params?: Params;
  readonly position?: readonly [number, number];
}

type Inserted = { readonly document: YardDocument; readonly id: NodeId };

/** Puts a new node into a wire: through the first ports of it that fit. Refused where it fits on neither side. */
export function insertOnWire(
  document: YardDocument,
  { kind, wire, position, params }: Insertion,
  known: Known,
): Inserted | Problem {
  const ends = parseEdgeId(wire);
  if (!ends) return problem('edge-id-malformed', { edge: wire });
  const at = position ?? middle(document, ends.from, ends.to);
  const added = addNode(document, { kind, position: at, ...(params ? { params } : {}) }, known.lookup);
  if (isProblem(added)) return added;
  const put = putOnWire(added.document, { node: added.id, wire }, known);
  return isProblem(put) ? put : { document: put, id: added.id };
}

/** Takes a node that is there already into a wire, as `insertOnWire` does a new one. */
export function putOnWire(
  document: YardDocument,
  { node, wire }: { readonly node: NodeId; readonly wire: EdgeId },
  known: Known,
): YardDocument | Problem {
  const ends = parseEdgeId(wire);
  const kind = ownEntry(document.nodes, node)?.kind ?? '';
  const definition = known.lookup(kind);
  if (!definition) return problem('kind-unknown', { kind });
  if (!ends) return problem('edge-id-malformed', { edge: wire });
  const parted = disconnect(document, [wire]);
  const entered = firstThatFits(portsOf(definition, 'inputs', node), (to) => {
    return connect(parted, { from: ends.from, to }, known);
  });
  if (isProblem(entered)) return entered;
  return firstThatFits(portsOf(definition, 'outputs', node), (from) => connect(entered, { from, to: ends.to }, known));
}

/** Wires into a node where a node of this kind can stand in between; those into `port` alone where it is given. */
export function wireForInsertion(
  document: YardDocument,
  { kind, node, port }: { readonly kind: string; readonly node: NodeId; readonly port?: string | undefined },
  known: Known,
): EdgeId | undefined {
  const wires = wiresOf(document).filter(({ to }) => to.node === node && (port === undefined || to.port === port));
  return wires.find(({ id }) => !isProblem(insertOnWire(document, { kind, wire: id }, known)))?.id;
}

function portsOf(definition: NodeDefinition, side: 'inputs' | 'outputs', node: NodeId): PortRef[] {
  return Object.keys(definition[side]).map((port) => ({ node, port }));
}

function firstThatFits(
  ports: readonly PortRef[],
  attempt: (port: PortRef) => YardDocument | Problem,
): YardDocument | Problem {
  const tried = ports.map(attempt);
  return tried.find((result) => !isProblem(result)) ?? tried[0] ?? problem('node-does-not-fit');
}

function middle({ nodes }: YardDocument, from: PortRef, to: PortRef): readonly [number, number] {
  const [left, top] = ownEntry(nodes, from.node)?.position ?? [0, 0];
  const [right, bottom] = ownEntry(nodes, to.node)?.position ?? [left, top];
  return [Math.round((left + right) / 16) * 8, Math.round((top + bottom) / 16) * 8];
}
