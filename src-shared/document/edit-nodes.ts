import type { NodeLookup } from '../nodes/catalog';
import { type Problem, problem } from '../problem';
import { defaultParams } from '../types/params';
import { checkParams } from './check-params';
import { type NodeId, type Params, type ParamValue, parseEdgeId, type YardDocument, type YardNode } from './document';
import { isValidName, uniqueName } from './names';
import { ownEntry } from './own-entry';

/** Edits of nodes: pure functions from document to document, or to the problem that stands in the way. */

export interface NewNode {
  readonly kind: string;
  readonly position: readonly [number, number];
  /** Wanted name; else the last part of the kind. Made unique either way. */
  readonly name?: string;
  readonly params?: Params;
}

/** Adds a node with default params under a fresh id and a name that nothing else has. */
export function addNode(
  document: YardDocument,
  { kind, position, name, params = {} }: NewNode,
  lookup: NodeLookup,
): { readonly document: YardDocument; readonly id: NodeId } | Problem {
  const definition = lookup(kind);
  if (!definition) return problem('kind-unknown', { kind });
  const id = freshId(Object.keys(document.nodes), 'n');
  const node: YardNode = {
    kind,
    version: definition.version,
    name: uniqueName(document, name ?? toName(kind)),
    // Defaults are plain data, checked by the catalogue's tests.
    params: { ...(defaultParams(definition.params) as Params), ...params },
    position,
  };
  return { document: { ...document, nodes: { ...document.nodes, [id]: node } }, id };
}

function toName(kind: string): string {
  return kind.split('.').at(-1) ?? kind;
}

/** `n1`, `n2` …: one above the highest number in use, so that ids of removed nodes are not given again at once. */
export function freshId(taken: readonly string[], prefix: string): string {
  const pattern = new RegExp(`^${prefix}(\\d{1,15})$`);
  const highest = taken.reduce((max, id) => Math.max(max, Number(pattern.exec(id)?.[1] ?? 0)), 0);
  return `${prefix}${highest + 1}`;
}

/** Removes nodes with their wires and their places in groups. */
export function removeNodes(document: YardDocument, ids: readonly NodeId[]): YardDocument {
  const gone = new Set(ids);
  const touches = (edge: string) => {
    const ends = parseEdgeId(edge);
    return ends !== undefined && (gone.has(ends.from.node) || gone.has(ends.to.node));
  };
  return {
    ...document,
    nodes: keep(document.nodes, (id) => !gone.has(id)),
    edges: keep(document.edges, (id) => !touches(id)),
    groups: Object.fromEntries(
      Object.entries(document.groups).map(([id, group]) => {
        return [id, group.nodes.some((node) => gone.has(node)) ? without(group, gone) : group];
      }),
    ),
  };
}

function without<G extends { readonly nodes: readonly NodeId[] }>(group: G, gone: ReadonlySet<NodeId>): G {
  return { ...group, nodes: group.nodes.filter((node) => !gone.has(node)) };
}

function keep<T>(record: Readonly<Record<string, T>>, test: (key: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => test(key)));
}

/** Changes one node; the document itself where there is no such node. */
export function updateNode(document: YardDocument, id: NodeId, change: (node: YardNode) => YardNode): YardDocument {
  const node = ownEntry(document.nodes, id);
  return node ? { ...document, nodes: { ...document.nodes, [id]: change(node) } } : document;
}

export function moveNodes(
  document: YardDocument,
  positions: Readonly<Record<NodeId, readonly [number, number]>>,
): YardDocument {
  const moved = Object.entries(positions).flatMap(([id, position]) => {
    const node = ownEntry(document.nodes, id);
    return node ? [[id, { ...node, position }] as const] : [];
  });
  return { ...document, nodes: { ...document.nodes, ...Object.fromEntries(moved) } };
}

/** Gives a node another name. Names are unique: a name in use, or one that nothing could be called by, is refused. */
export function renameNode(document: YardDocument, id: NodeId, name: string): YardDocument | Problem {
  const node = ownEntry(document.nodes, id);
  if (!node) return problem('node-missing', { name: id });
  if (!isValidName(name)) return problem('name-invalid', { name }, { node: node.name });
  const isTaken = Object.entries(document.nodes).some(([other, { name: used }]) => other !== id && used === name);
  return isTaken
    ? problem('name-duplicate', { name }, { node: node.name })
    : updateNode(document, id, (n) => ({ ...n, name }));
}

/** Sets one param, refused where its declaration does not allow the value. */
export function setParam(
  document: YardDocument,
  { id, param, value }: { readonly id: NodeId; readonly param: string; readonly value: ParamValue },
  lookup: NodeLookup,
): YardDocument | Problem {
  const node = ownEntry(document.nodes, id);
  if (!node) return problem('node-missing', { name: id });
  const definition = lookup(node.kind);
  if (!definition) return problem('kind-unknown', { kind: node.kind }, { node: node.name });
  const params = { ...node.params, [param]: value };
  const refusal = checkParams(definition, { name: node.name, params }).problems.find((found) => {
    return found.param === param || found.param?.startsWith(`${param}.`);
  });
  return refusal ?? updateNode(document, id, (n) => ({ ...n, params }));
}

/** Muted nodes are off and so is what needs them; bypassed nodes hand their input on unchanged. */
export function setNodeFlags(
  document: YardDocument,
  ids: readonly NodeId[],
  flags: { readonly muted?: boolean; readonly bypassed?: boolean; readonly collapsed?: boolean },
): YardDocument {
  return ids.reduce((current, id) => updateNode(current, id, (node) => withFlags(node, flags)), document);
}

/** A flag that is off is left out of the file. */
function withFlags(node: YardNode, flags: Readonly<Record<string, boolean | undefined>>): YardNode {
  const { muted, bypassed, collapsed, ...rest } = node;
  const set = Object.entries({ muted, bypassed, collapsed, ...flags }).filter(([, value]) => value === true);
  return { ...rest, ...Object.fromEntries(set) };
}

export function setSeed(document: YardDocument, seed: number): YardDocument | Problem {
  const isSeed = Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32;
  if (!isSeed) return problem('seed-invalid', { value: String(seed) });
  return { ...document, settings: { ...document.settings, seed } };
}
