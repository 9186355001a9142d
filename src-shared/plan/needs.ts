import type { NodeId } from '../document/document';
import type { Graph, GraphNode } from '../document/graph';
import { ownEntry } from '../document/own-entry';

/** Whether a node does work in a run; others are traced: known without running. */
export function isExecuted({ definition, isOff }: GraphNode): boolean {
  return !isOff && definition?.execute !== undefined;
}

/** Whether the value at a port comes from executing its node. */
export function isExecutedPort(node: GraphNode, port: string): boolean {
  return isExecuted(node) && (node.definition && ownEntry(node.definition.outputs, port)?.traced) !== true;
}

const none: ReadonlySet<NodeId> = new Set();

/**
 * The executed nodes whose results each node reads, straight or through traced nodes: an estimator needs the data
 * that its trainer is wired to, but not the training.
 */
export function executedNeeds(graph: Graph): ReadonlyMap<NodeId, ReadonlySet<NodeId>> {
  const needs = new Map<NodeId, ReadonlySet<NodeId>>();
  for (const node of graph.order) {
    // Layers read types alone: the data at a model's input only gives its shape.
    needs.set(node.id, node.definition?.layer ? none : needsOf(node, graph, needs));
  }
  return needs;
}

/** Shares the set of the one traced node that is read, so that a long chain of those costs nothing. */
function needsOf(
  { inputs }: GraphNode,
  graph: Graph,
  needs: ReadonlyMap<NodeId, ReadonlySet<NodeId>>,
): ReadonlySet<NodeId> {
  const wired = Object.values(inputs);
  if (wired.length === 0) return none;
  const own = new Set<NodeId>();
  const through = new Set<ReadonlySet<NodeId>>();
  for (const refs of wired) {
    for (const ref of refs) {
      const source = graph.nodes.get(ref.node);
      if (source && isExecutedPort(source, ref.port)) {
        own.add(ref.node);
        continue;
      }
      const inherited = needs.get(ref.node) ?? none;
      if (inherited.size > 0) through.add(inherited);
    }
  }
  const [only] = through;
  if (own.size === 0 && through.size <= 1) return only ?? none;
  for (const set of through) for (const id of set) own.add(id);
  return own;
}
