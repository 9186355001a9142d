import type { NodeId } from '../document/document';
import type { Graph } from '../document/graph';
import { wireKey } from '../document/wires';
import { hashData } from '../hash';
import { deriveSeed } from '../random';

/**
 * A seed for every node from the document's seed and its place: its kind, and the kinds wired into it. Copies of a
 * document agree, whatever their nodes are called; twins in one document differ; params do not matter, so that two
 * runs that differ in one param begin alike. Places are found when the first seed is asked for.
 */
export function placeSeeds(graph: Graph, seed: number): (node: NodeId) => number {
  let places: ReadonlyMap<NodeId, Place> | undefined;
  return (id) => {
    places ??= findPlaces(graph);
    const place = places.get(id);
    return place ? deriveSeed(seed, 'node', place.shape, place.twin) : 0;
  };
}

interface Place {
  readonly shape: string;
  /** Which of the nodes of this shape it is, the oldest first. */
  readonly twin: number;
}

function findPlaces(graph: Graph): ReadonlyMap<NodeId, Place> {
  const shapes = new Map<NodeId, string>();
  const places = new Map<string, NodeId[]>();
  for (const { id, node, inputs } of graph.order) {
    const wired = Object.entries(inputs).map(([port, refs]) => [
      port,
      refs.map((ref) => wireKey({ node: shapes.get(ref.node) ?? '', port: ref.port })),
    ]);
    const shape = hashData([node.kind, Object.fromEntries(wired)]);
    shapes.set(id, shape);
    const twins = places.get(shape);
    if (twins) twins.push(id);
    else places.set(shape, [id]);
  }
  const found = new Map<NodeId, Place>();
  for (const [shape, twins] of places) {
    for (const [twin, id] of twins.sort(byAge).entries()) found.set(id, { shape, twin });
  }
  return found;
}

/** Ids count up as nodes are added: `n2` before `n10`. */
function byAge(a: NodeId, b: NodeId): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
