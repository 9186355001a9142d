import { isProblem, type Problem, type ProblemValue } from '../problem';
import { defaultParams, type ParamDeclarations } from '../types/params';
import type { Known } from './adapters';
import { type EdgeId, type NodeId, type Params, type ParamValue, parseEdgeId, type YardDocument } from './document';
import { connect, disconnect } from './edit-edges';
import { insertOnWire, wireForInsertion } from './edit-insert';
import { addNode, setParam } from './edit-nodes';
import { mendingNode } from './mending-node';
import { ownEntry } from './own-entry';
import { findNode } from './set-params';
import { wiresOf } from './wires';

/** The edit that mends a problem, where its fix is one: another setting, a node in between. */
export function fixEdit(document: YardDocument, found: Problem, known: Known): YardDocument | Problem | undefined {
  const { fix } = found;
  const id = found.node === undefined ? undefined : findNode(document, found.node);
  if (id === undefined || !fix) return undefined;
  const put = mendingNode(fix, known);
  if (put)
    return putBefore(document, { kind: put.definition.kind, params: put.params, node: id, port: found.port }, known);
  const param = fix.param ?? found.param;
  if (fix.code !== 'set-param' || param === undefined || fix.to === undefined) return undefined;
  const owner = ownerOf(document, { id, param, port: found.port }, known);
  return owner === undefined ? undefined : setAt(document, { id: owner, param, to: fix.to }, known);
}

/** The node that has the param: the one of the problem, or the first behind the port that the problem names. */
export function ownerOf(
  document: YardDocument,
  { id, param, port }: { readonly id: NodeId; readonly param: string; readonly port?: string | undefined },
  { lookup }: Known,
): NodeId | undefined {
  const [first = ''] = param.split('.');
  const has = (node: NodeId) => {
    const kind = ownEntry(document.nodes, node)?.kind;
    return kind !== undefined && ownEntry(lookup(kind)?.params ?? {}, first) !== undefined;
  };
  if (has(id)) return id;
  const wires = wiresOf(document);
  const seen = new Set(wires.filter(({ to }) => to.node === id && to.port === port).map(({ from }) => from.node));
  for (const node of seen) {
    if (has(node)) return node;
    for (const { from, to } of wires) if (to.node === node) seen.add(from.node);
  }
  return undefined;
}

interface Wanted {
  readonly id: NodeId;
  readonly param: string;
  readonly to: ProblemValue;
}

function setAt(document: YardDocument, { id, param, to }: Wanted, { lookup }: Known): YardDocument | Problem {
  const [first = '', ...rest] = param.split('.');
  const node = ownEntry(document.nodes, id);
  const present = node && ownEntry(node.params, first);
  const inner = rest.join('.');
  const form = node && formOf(present, ownEntry(lookup(node.kind)?.params ?? {}, first));
  const value: ParamValue = inner === '' ? to : { ...form, [inner]: to };
  return setParam(document, { id, param: first, value }, lookup);
}

/** The form as it is, with what it leaves out. */
function formOf(
  value: ParamValue | undefined,
  declaration: ParamDeclarations[string] | undefined,
): Readonly<Record<string, ParamValue>> {
  const record = isRecord(value) ? value : {};
  if (declaration?.type !== 'variant') return record;
  const type = typeof record.type === 'string' ? record.type : declaration.default;
  // Defaults of params are plain data.
  const defaults = defaultParams(ownEntry(declaration.variants, type)?.params ?? {}) as Record<string, ParamValue>;
  return { type, ...defaults, ...record };
}

function isRecord(value: ParamValue | undefined): value is Readonly<Record<string, ParamValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Place {
  readonly kind: string;
  readonly params: Params;
  readonly node: NodeId;
  readonly port?: string | undefined;
}

/** What else reads the same output is mended with it: the data of a model and of what tests it stay the same. */
function takeAlong(
  { document, id }: { readonly document: YardDocument; readonly id: NodeId },
  { wire, known }: { readonly wire: EdgeId; readonly known: Known },
): YardDocument {
  const ends = parseEdgeId(wire);
  const given = wiresOf(document).find(({ from, to }) => from.node === id && to.node === ends?.to.node)?.from;
  if (!ends || !given) return document;
  const others = wiresOf(document).filter(({ from, to }) => {
    return from.node === ends.from.node && from.port === ends.from.port && to.node !== id;
  });
  return others.reduce((current, other) => {
    const wired = connect(disconnect(current, [other.id]), { from: given, to: other.to }, known);
    return isProblem(wired) ? current : wired;
  }, document);
}

/** Into a wire that enters the node, else beside it with what can be connected connected. */
function putBefore(document: YardDocument, { kind, params, node, port }: Place, known: Known): YardDocument | Problem {
  const wire = wireForInsertion(document, { kind, node, port }, known);
  if (wire !== undefined) {
    const inserted = insertOnWire(document, { kind, wire, params }, known);
    return isProblem(inserted) ? inserted : takeAlong(inserted, { wire, known });
  }
  const [x, y] = ownEntry(document.nodes, node)?.position ?? [0, 0];
  const added = addNode(document, { kind, params, position: [x - 240, y] }, known.lookup);
  if (isProblem(added)) return added;
  const target = ownEntry(document.nodes, node)?.kind ?? '';
  const inputs = port === undefined ? Object.keys(known.lookup(target)?.inputs ?? {}) : [port];
  const outputs = Object.keys(known.lookup(kind)?.outputs ?? {});
  const taken = new Set(wiresOf(document).flatMap(({ to }) => (to.node === node ? [to.port] : [])));
  const pairs = inputs
    .filter((input) => !taken.has(input))
    .flatMap((input) => outputs.map((output) => [input, output]));
  for (const [input = '', output = ''] of pairs) {
    const wired = connect(added.document, { from: { node: added.id, port: output }, to: { node, port: input } }, known);
    if (!isProblem(wired)) return wired;
  }
  return added.document;
}
