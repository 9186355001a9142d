import type { NodeDefinition } from './define-node';
import { groupOf, nodeGroups } from './groups';
import * as all from './node-list';

/** Every node, by group and then by title. */
export const nodes: readonly NodeDefinition[] = Object.values(all).sort(
  (a, b) => rank(a) - rank(b) || a.title.en.localeCompare(b.title.en, 'en'),
);

function rank({ kind }: NodeDefinition): number {
  return nodeGroups.findIndex(({ id }) => id === groupOf(kind));
}

/** Finds a definition by kind. Handed to infer, plan and engine, which name no kind themselves. */
export type NodeLookup = (kind: string) => NodeDefinition | undefined;

const byKind = new Map(nodes.map((node) => [node.kind, node]));

export function lookupNode(kind: string): NodeDefinition | undefined {
  return byKind.get(kind);
}
