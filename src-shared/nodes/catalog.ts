import { mnist } from './data/mnist';
import type { NodeDefinition } from './define-node';
import { split } from './prepare/split';

/** Every node, one line each. */
export const nodes: readonly NodeDefinition[] = [mnist, split];

/** Finds a definition by kind. Handed to infer, plan and engine, which name no kind themselves. */
export type NodeLookup = (kind: string) => NodeDefinition | undefined;

const byKind = new Map(nodes.map((node) => [node.kind, node]));

export function lookupNode(kind: string): NodeDefinition | undefined {
  return byKind.get(kind);
}
