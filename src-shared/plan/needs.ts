import type { NodeId, PortRef } from '../document/document';
import type { Graph, GraphNode } from '../document/graph';
import { ownEntry } from '../document/own-entry';

/** Whether a node does work in a run; others are traced: known without running. */
export function isExecuted({ definition, isOff }: GraphNode): boolean {
  return !isOff && definition?.execute !== undefined;
}

/** Whether the value at a port comes from executing its node. */
export function isExecutedPort(node: GraphNode, port: string): boolean {
  return isExecuted(node) && ownEntry(node.definition?.outputs ?? {}, port)?.traced !== true;
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
    const refs = node.definition?.layer ? [] : Object.values(node.inputs).flat();
    needs.set(node.id, union(refs.map((ref) => needsOfValue(ref, { graph, needs }))));
  }
  return needs;
}

function needsOfValue(
  ref: PortRef,
  { graph, needs }: { graph: Graph; needs: ReadonlyMap<NodeId, ReadonlySet<NodeId>> },
): ReadonlySet<NodeId> {
  const source = graph.nodes.get(ref.node);
  return source && isExecutedPort(source, ref.port) ? new Set([ref.node]) : (needs.get(ref.node) ?? none);
}

/** Shares the set where there is only one, so that a long chain of layers costs nothing. */
function union(sets: readonly ReadonlySet<NodeId>[]): ReadonlySet<NodeId> {
  const filled = [...new Set(sets)].filter((set) => set.size > 0);
  if (filled.length <= 1) return filled[0] ?? none;
  return new Set(filled.flatMap((set) => [...set]));
}
