import { isProblem, type Problem, problem } from '../problem';
import { defaultParams } from '../types/params';
import type { Known } from './adapters';
import { checkGraph } from './check-graph';
import type { Clip } from './clip';
import {
  type EdgeId,
  edgeId,
  type NodeId,
  type Params,
  parseEdgeId,
  type YardDocument,
  type YardNode,
} from './document';
import { connect } from './edit-edges';
import { freshId } from './edit-nodes';
import { isValidName, uniqueName } from './names';
import { limits } from './read-json';

export interface PasteOptions {
  /** Where the upper left corner of what is pasted comes to lie; absent: 32 right of and below where it lay. */
  readonly at?: readonly [number, number];
  /** Wires from nodes that were not copied are made anew where this document has those nodes. */
  readonly keepIncoming?: boolean;
}

export interface Pasted {
  readonly document: YardDocument;
  readonly nodes: readonly NodeId[];
  readonly notes: readonly string[];
}

/** Adds a clip under fresh ids and free names, with its inner wires. Wires that no file could hold are left out. */
export function pasteClip(
  document: YardDocument,
  clip: Clip,
  { options = {}, known }: { readonly options?: PasteOptions; readonly known: Known },
): Pasted | Problem {
  const total = Object.keys(document.nodes).length + clip.nodes.length;
  if (total > limits.nodes) return problem('file-too-many-nodes', { nodes: total, limit: limits.nodes });
  const shift = shiftOf(clip, options.at);
  const added = addNodes(document, clip, { shift, known });
  const wired = addWires(added.document, clip, { ids: added.ids, known });
  const noted = addNotes(wired, clip, shift);
  const grouped = addGroups(noted.document, clip, added.ids);
  const result = options.keepIncoming ? addIncoming(grouped, clip, { ids: added.ids, known }) : grouped;
  return { document: result, nodes: [...added.ids.values()], notes: noted.notes };
}

type Shift = readonly [number, number];
type Ids = ReadonlyMap<NodeId, NodeId>;

function shiftOf({ nodes, notes }: Clip, at: PasteOptions['at']): Shift {
  if (!at) return [32, 32];
  const places = [...nodes, ...notes].map(({ position }) => position);
  const left = places.reduce((min, [x]) => Math.min(min, x), Number.POSITIVE_INFINITY);
  const top = places.reduce((min, [, y]) => Math.min(min, y), Number.POSITIVE_INFINITY);
  return Number.isFinite(left) && Number.isFinite(top) ? [at[0] - left, at[1] - top] : [0, 0];
}

function moved([x, y]: readonly [number, number], [dx, dy]: Shift): readonly [number, number] {
  return [x + dx, y + dy];
}

function addNodes(
  document: YardDocument,
  clip: Clip,
  { shift, known }: { readonly shift: Shift; readonly known: Known },
): { readonly document: YardDocument; readonly ids: Ids } {
  const ids = new Map<NodeId, NodeId>();
  const nodes: Record<NodeId, YardNode> = { ...document.nodes };
  let number = Number(freshId(Object.keys(document.nodes), 'n').slice(1));
  for (const { id, ...node } of clip.nodes) {
    const fresh = `n${number++}`;
    ids.set(id, fresh);
    const definition = known.lookup(node.kind);
    // Defaults are plain data, checked by the catalogue's tests.
    const params = definition ? { ...(defaultParams(definition.params) as Params), ...node.params } : node.params;
    const wanted = isValidName(node.name) ? node.name : 'node';
    nodes[fresh] = { ...node, params, name: uniqueName({ nodes }, wanted), position: moved(node.position, shift) };
  }
  return { document: { ...document, nodes }, ids };
}

interface Wiring {
  readonly ids: Ids;
  readonly known: Known;
}

/** All at once: what is pasted hangs together only with itself, so that it can be looked at alone. */
function addWires(document: YardDocument, clip: Clip, { ids, known }: Wiring): YardDocument {
  const nodes = Object.fromEntries([...ids.values()].map((id) => [id, document.nodes[id]]));
  const edges: Record<EdgeId, object> = {};
  for (const { id, ...edge } of clip.edges) {
    const ends = parseEdgeId(id);
    const [from, to] = [ends && ids.get(ends.from.node), ends && ids.get(ends.to.node)];
    if (!ends || !from || !to) continue;
    edges[edgeId({ node: from, port: ends.from.port }, { node: to, port: ends.to.port })] = edge;
  }
  // Every id was just given to a node.
  const alone = { ...document, nodes: nodes as YardDocument['nodes'], edges, groups: {} };
  return { ...document, edges: { ...document.edges, ...soundEdges(alone, known) } };
}

function soundEdges(alone: YardDocument, known: Known): YardDocument['edges'] {
  const isSound = (edges: YardDocument['edges']) => {
    return !checkGraph({ ...alone, edges }, known.lookup).some(({ code }) => !code.startsWith('name-'));
  };
  if (isSound(alone.edges)) return alone.edges;
  // Rare: text from elsewhere, or a document that was unsound. One by one then; `connect` names what cannot be.
  let kept: YardDocument = { ...alone, edges: {} };
  for (const [id, edge] of Object.entries(alone.edges).slice(0, 2000)) {
    const ends = parseEdgeId(id);
    const next = ends && connect(kept, ends, known);
    if (next && !isProblem(next)) kept = { ...next, edges: { ...next.edges, [id]: edge } };
  }
  return kept.edges;
}

function addNotes(document: YardDocument, { notes }: Clip, shift: Shift): { document: YardDocument; notes: string[] } {
  let number = Number(freshId(Object.keys(document.notes), 't').slice(1));
  const added = notes.map((note) => [`t${number++}`, { ...note, position: moved(note.position, shift) }] as const);
  if (added.length === 0) return { document, notes: [] };
  return {
    document: { ...document, notes: { ...document.notes, ...Object.fromEntries(added) } },
    notes: added.map(([id]) => id),
  };
}

function addGroups(document: YardDocument, { groups }: Clip, ids: Ids): YardDocument {
  let number = Number(freshId(Object.keys(document.groups), 'g').slice(1));
  const added = groups.flatMap(({ nodes, ...group }) => {
    const inside = nodes.flatMap((id) => ids.get(id) ?? []);
    return inside.length > 0 ? [[`g${number++}`, { ...group, nodes: inside }] as const] : [];
  });
  if (added.length === 0) return document;
  return { ...document, groups: { ...document.groups, ...Object.fromEntries(added) } };
}

/** Sources are found again by name and kind: an id of another document means another node. */
function addIncoming(document: YardDocument, clip: Clip, { ids, known }: Wiring): YardDocument {
  const byName = new Map(Object.entries(document.nodes).map(([id, { name, kind }]) => [`${name} ${kind}`, id]));
  return clip.edges.reduce((current, { id }) => {
    const ends = parseEdgeId(id);
    const source = ends && Object.hasOwn(clip.sources, ends.from.node) ? clip.sources[ends.from.node] : undefined;
    const from = source && byName.get(`${source.name} ${source.kind}`);
    const to = ends && ids.get(ends.to.node);
    if (!ends || !from || !to) return current;
    const next = connect(current, { from: { ...ends.from, node: from }, to: { ...ends.to, node: to } }, known);
    return isProblem(next) ? current : next;
  }, document);
}
