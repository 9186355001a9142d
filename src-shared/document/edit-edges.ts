import type { NodeDefinition } from '../nodes/define-node';
import { type Problem, problem } from '../problem';
import { accepts, type WireName } from '../types/ports';
import { adapterFor, type Known } from './adapters';
import { type EdgeId, edgeId, type NodeId, type PortRef, type YardDocument } from './document';
import { ownEntry } from './own-entry';
import { wiresOf } from './wires';

/**
 * Wires an output to an input. A port that takes one wire gives up the one it had; one that takes many gets it last.
 * Refused with the reason: no such port, the wire does not fit, or it would close a circle.
 */
export function connect(
  document: YardDocument,
  { from, to }: { readonly from: PortRef; readonly to: PortRef },
  known: Known,
): YardDocument | Problem {
  const id = edgeId(from, to);
  if (ownEntry(document.edges, id)) return document;
  const refusal = refuse(document, { from, to }, known);
  if (refusal) return refusal;
  const target = ownEntry(document.nodes, to.node);
  const port = target && ownEntry(known.lookup(target.kind)?.inputs ?? {}, to.port);
  const present = wiresOf(document).filter((wire) => wire.to.node === to.node && wire.to.port === to.port);
  if (!port?.many) {
    const kept = disconnect(
      document,
      present.map((wire) => wire.id),
    );
    return { ...kept, edges: { ...kept.edges, [id]: {} } };
  }
  const order = present.reduce((max, { edge }) => Math.max(max, (edge.order ?? 0) + 1), 0);
  return { ...document, edges: { ...document.edges, [id]: { order } } };
}

export function disconnect(document: YardDocument, ids: readonly EdgeId[]): YardDocument {
  const gone = new Set(ids);
  return { ...document, edges: Object.fromEntries(Object.entries(document.edges).filter(([id]) => !gone.has(id))) };
}

interface Ends {
  readonly from: PortRef;
  readonly to: PortRef;
}

function refuse(document: YardDocument, { from, to }: Ends, { lookup, nodes }: Known): Problem | undefined {
  const source = ownEntry(document.nodes, from.node);
  const target = ownEntry(document.nodes, to.node);
  if (!source || !target) return problem('node-missing', { name: source ? to.node : from.node });
  const giver = lookup(source.kind);
  const taker = lookup(target.kind);
  if (!giver || !taker) return problem('kind-unknown', { kind: giver ? target.kind : source.kind });
  if (!ownEntry(giver.outputs, from.port)) {
    return problem('port-unknown-output', {
      name: source.name,
      port: from.port,
      known: Object.keys(giver.outputs).join(', '),
    });
  }
  const port = ownEntry(taker.inputs, to.port);
  if (!port) {
    return problem('port-unknown-input', {
      name: target.name,
      port: to.port,
      known: Object.keys(taker.inputs).join(', '),
    });
  }
  const given = outputNames(giver, from.port);
  if (!given.some((name) => accepts(port, name))) {
    const wanted = [port.type].flat().join(', ');
    const fix = adapterFor(given, port, nodes);
    const values = { from: source.name, to: target.name, given: given.join(', '), wanted };
    return problem('wire-refused', values, { node: target.name, port: to.port, ...(fix ? { fix } : {}) });
  }
  return leadsTo(document, to.node, from.node)
    ? problem('wire-closes-circle', { from: source.name, to: target.name })
    : undefined;
}

/** The kinds of wire an output may be: that of its input where it passes that on. */
export function outputNames(definition: NodeDefinition, port: string): readonly WireName[] {
  const type = ownEntry(definition.outputs, port)?.type;
  if (type === undefined) return [];
  return typeof type === 'string' ? [type] : [ownEntry(definition.inputs, type.as)?.type ?? []].flat();
}

function leadsTo(document: YardDocument, start: NodeId, goal: NodeId): boolean {
  const next = new Map<NodeId, NodeId[]>();
  for (const { from, to } of wiresOf(document)) {
    const list = next.get(from.node);
    if (list) list.push(to.node);
    else next.set(from.node, [to.node]);
  }
  const seen = new Set([start]);
  for (const id of seen) {
    if (id === goal) return true;
    for (const follower of next.get(id) ?? []) seen.add(follower);
  }
  return false;
}
