import type { NodeLookup } from '../nodes/catalog';
import { type Problem, problem } from '../problem';
import type { NodeId, YardDocument } from './document';
import { buildGraph, type Graph } from './graph';
import { isValidName, nearNames } from './names';
import { ownEntry } from './own-entry';
import type { Wire } from './wires';

/** What is wrong with the wiring and the names of a document, whatever its nodes do. */
export function checkGraph(
  document: YardDocument,
  lookup: NodeLookup,
  { wires, loose, cyclic }: Graph = buildGraph(document, lookup),
): Problem[] {
  return [
    ...checkNames(document),
    ...checkEdgeIds(document, wires),
    ...loose.flatMap((wire) => checkWire(wire, document, lookup)),
    ...(loose.length > 0 ? checkCrowdedPorts(wires, document, lookup) : []),
    ...(cyclic.length > 0 ? checkCycles(wires, document, cyclic) : []),
  ];
}

function checkNames(document: YardDocument): Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { name } of Object.values(document.nodes)) {
    if (seen.has(name)) problems.push(problem('name-duplicate', { name }, { node: name }));
    else if (!isValidName(name)) problems.push(problem('name-invalid', { name }, { node: name }));
    seen.add(name);
  }
  return problems;
}

function checkEdgeIds({ edges }: YardDocument, wires: readonly Wire[]): Problem[] {
  const ids = Object.keys(edges);
  if (ids.length === wires.length) return [];
  const readable = new Set(wires.map(({ id }) => id));
  return ids.filter((id) => !readable.has(id)).map((id) => problem('edge-id-malformed', { edge: id }));
}

function checkWire({ id, from, to }: Wire, document: YardDocument, lookup: NodeLookup): Problem[] {
  const source = ownEntry(document.nodes, from.node);
  const target = ownEntry(document.nodes, to.node);
  if (!source || !target) {
    const missing = source ? to.node : from.node;
    return [problem('edge-dangling', { edge: id, missing }, { node: (source ?? target)?.name ?? missing })];
  }
  const outputs = lookup(source.kind)?.outputs;
  const inputs = lookup(target.kind)?.inputs;
  const problems: Problem[] = [];
  if (outputs && !ownEntry(outputs, from.port)) {
    problems.push(unknownPort('port-unknown-output', { name: source.name, port: from.port, known: outputs }));
  }
  if (inputs && !ownEntry(inputs, to.port)) {
    problems.push(unknownPort('port-unknown-input', { name: target.name, port: to.port, known: inputs }));
  }
  return problems;
}

function unknownPort(code: string, { name, port, known }: { name: string; port: string; known: object }): Problem {
  const ports = Object.keys(known);
  const near = nearNames(port, ports)[0];
  const values = { name, port, known: (near ? [near] : ports).join(', ') || '—' };
  return problem(code, values, { node: name, port });
}

function checkCrowdedPorts(wires: readonly Wire[], document: YardDocument, lookup: NodeLookup): Problem[] {
  const counts = new Map<string, { wire: Wire; count: number }>();
  for (const wire of wires) {
    const key = `${wire.to.node}.${wire.to.port}`;
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { wire, count: 1 });
  }
  return [...counts.values()].flatMap(({ wire: { to }, count }) => {
    const target = ownEntry(document.nodes, to.node);
    const port = target && ownEntry(lookup(target.kind)?.inputs ?? {}, to.port);
    if (!target || !port || port.many || count < 2) return [];
    return [problem('port-taken', { name: target.name, port: to.port, count }, { node: target.name, port: to.port })];
  });
}

/** One problem per cycle, with the names along it. */
function checkCycles(wires: readonly Wire[], document: YardDocument, cyclic: readonly NodeId[]): Problem[] {
  const left = new Set(cyclic);
  const next = new Map<string, string[]>();
  for (const { from, to } of wires) {
    if (left.has(from.node) && left.has(to.node)) append(next, from.node, to.node);
  }
  const problems: Problem[] = [];
  for (const start of left) {
    const path = left.has(start) ? walkToCycle(start, next, left) : [];
    if (path.length === 0) continue;
    const names = path.map((id) => ownEntry(document.nodes, id)?.name ?? id);
    problems.push(problem('cycle', { names: [...names, names[0] ?? ''].join(' → ') }, { node: names[0] ?? '' }));
  }
  return problems;
}

function append(lists: Map<NodeId, NodeId[]>, key: NodeId, id: NodeId): void {
  const list = lists.get(key);
  if (list) list.push(id);
  else lists.set(key, [id]);
}

/** Depth first from `start`; what was walked leaves `left`, so that each cycle is told once and time stays linear. */
function walkToCycle(start: string, next: ReadonlyMap<string, readonly string[]>, left: Set<string>): string[] {
  const path: { id: string; at: number }[] = [{ id: start, at: 0 }];
  const onPath = new Map([[start, 0]]);
  left.delete(start);
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const id = next.get(top.id)?.[top.at++];
    if (id === undefined) {
      onPath.delete(top.id);
      path.pop();
      continue;
    }
    const place = onPath.get(id);
    if (place !== undefined) return path.slice(place).map((step) => step.id);
    if (!left.delete(id)) continue;
    onPath.set(id, path.length);
    path.push({ id, at: 0 });
  }
  return [];
}
