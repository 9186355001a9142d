import type { NodeDefinition } from '../nodes/define-node';
import { isProblem, type Problem, problem } from '../problem';
import type { Known } from './adapters';
import { type EdgeId, type NodeId, type PortRef, parseEdgeId, type YardDocument } from './document';
import { connect, disconnect } from './edit-edges';
import { addNode } from './edit-nodes';
import { ownEntry } from './own-entry';
import { wiresOf } from './wires';

export interface Insertion {
  readonly kind: string;
  readonly wire: EdgeId;
  readonly position?: readonly [number, number];
}

type Inserted = { readonly document: YardDocument; readonly id: NodeId };

/** Puts a new node into a wire: through the first ports of it that fit. Refused where it fits on neither side. */
export function insertOnWire(
  document: YardDocument,
  { kind, wire, position }: Insertion,
  known: Known,
): Inserted | Problem {
  const ends = parseEdgeId(wire);
  const definition = known.lookup(kind);
  if (!definition) return problem('kind-unknown', { kind });
  if (!ends) return problem('edge-id-malformed', { edge: wire });
  const added = addNode(document, { kind, position: position ?? middle(document, ends.from, ends.to) }, known.lookup);
  if (isProblem(added)) return added;
  const parted = disconnect(added.document, [wire]);
  const entered = firstThatFits(portsOf(definition, 'inputs', added.id), (to) => {
    return connect(parted, { from: ends.from, to }, known);
  });
  if (isProblem(entered)) return entered;
  const left = firstThatFits(portsOf(definition, 'outputs', added.id), (from) => {
    return connect(entered, { from, to: ends.to }, known);
  });
  return isProblem(left) ? left : { document: left, id: added.id };
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
