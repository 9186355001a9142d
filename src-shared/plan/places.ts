import type { NodeId } from '../document/document';
import type { Graph } from '../document/graph';
import { hashData } from '../hash';
import { deriveSeed } from '../random';
import { wireKey } from './gather-inputs';

/**
 * A seed for every node from the document's seed and its place: its kind, and the kinds wired into it. Copies of a
 * document agree, whatever their nodes are called; twins in one document differ; params do not matter, so that two
 * runs that differ in one param begin alike.
 */
export function placeSeeds(graph: Graph, seed: number): Record<NodeId, number> {
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
  const seeds: Record<NodeId, number> = {};
  for (const [shape, twins] of places) {
    twins.sort(byAge).forEach((id, place) => {
      seeds[id] = deriveSeed(seed, 'node', shape, place);
    });
  }
  return seeds;
}

/** Ids count up as nodes are added: `n2` before `n10`. */
function byAge(a: NodeId, b: NodeId): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
