import { adapterFor, type Known } from '../document/adapters';
import type { PortRef } from '../document/document';
import type { Graph, GraphNode } from '../document/graph';
import { ownEntry } from '../document/own-entry';
import { type Problem, problem } from '../problem';
import { accepts, type InputPort, type WireName, type WireType } from '../types/ports';

/** Types by `node.port`. */
export type WireTypes = Readonly<Record<string, WireType>>;

/** What enters a node: types by port, as its functions receive them, and what is wrong with the wires. */
export interface Gathered {
  readonly types: Readonly<Record<string, WireType | readonly WireType[] | undefined>>;
  readonly problems: readonly Problem[];
  /** Every input that must be there is there and has a type. */
  readonly isComplete: boolean;
}

export interface Walked {
  readonly graph: Graph;
  readonly types: WireTypes;
  readonly known: Known;
}

export function gatherInputs(node: GraphNode, walked: Walked): Gathered {
  const types: Record<string, WireType | readonly WireType[] | undefined> = {};
  const problems: Problem[] = [];
  let isComplete = true;
  for (const [name, port] of Object.entries(node.definition?.inputs ?? {})) {
    const entered = enter(node, { name, port }, walked);
    problems.push(...entered.problems);
    types[name] = port.many ? entered.types : entered.types[0];
    if (!entered.isComplete) isComplete = false;
  }
  return { types, problems, isComplete };
}

interface Entered {
  readonly types: readonly WireType[];
  readonly problems: readonly Problem[];
  readonly isComplete: boolean;
}

function enter(node: GraphNode, { name, port }: { name: string; port: InputPort }, walked: Walked): Entered {
  const refs = node.inputs[name] ?? [];
  const types: WireType[] = [];
  const problems: Problem[] = [];
  for (const ref of refs) {
    const type = walked.types[ref.wire];
    const refusal = refuse(node, { name, port, ref, type }, walked);
    if (refusal) problems.push(refusal);
    else if (type) types.push(type);
  }
  const isMissing = refs.length === 0 && !port.optional;
  // A muted source is no mistake: the plan says that this node waits for it.
  if (isMissing && !node.cut[name]) problems.push(missing(node, name, port));
  return { types, problems, isComplete: types.length === refs.length && !isMissing };
}

function missing({ node }: GraphNode, port: string, { type }: InputPort): Problem {
  const values = { name: node.name, port, wanted: [type].flat().join(', ') };
  return problem('input-missing', values, { node: node.name, port, fix: { code: 'connect' } });
}

interface Arrival {
  readonly name: string;
  readonly port: InputPort;
  readonly ref: PortRef;
  readonly type: WireType | undefined;
}

function refuse(
  { node }: GraphNode,
  { name, port, ref, type }: Arrival,
  { graph, known }: Walked,
): Problem | undefined {
  const source = graph.nodes.get(ref.node);
  const given = type ? [type.type] : source ? declaredNames(source, ref.port) : [];
  if (given.length === 0 || given.some((wire) => accepts(port, wire))) return undefined;
  const wanted = [port.type].flat().join(', ');
  const values = { from: source?.node.name ?? ref.node, to: node.name, given: given.join(', '), wanted };
  const fix = adapterFor(given, port, known.nodes);
  return problem('wire-refused', values, { node: node.name, port: name, ...(fix ? { fix } : {}) });
}

/** What an output can be before its type is known. */
function declaredNames({ definition }: GraphNode, port: string): readonly WireName[] {
  const type = definition && ownEntry(definition.outputs, port)?.type;
  if (type === undefined) return [];
  return typeof type === 'string' ? [type] : [ownEntry(definition?.inputs ?? {}, type.as)?.type ?? []].flat();
}
