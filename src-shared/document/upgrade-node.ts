import type { NodeDefinition } from '../nodes/define-node';
import { type Problem, problem } from '../problem';
import type { YardNode } from './document';

/** A node with its params taken to the version that this app knows; kept as it is where that cannot be done. */
export function upgradeNode(
  node: YardNode,
  definition: NodeDefinition | undefined,
): { readonly node: YardNode; readonly problems: readonly Problem[] } {
  if (!definition) return { node, problems: [problem('kind-unknown', { kind: node.kind }, { node: node.name })] };
  if (node.version > definition.version) {
    const values = { kind: node.kind, version: node.version, supported: definition.version };
    return { node, problems: [problem('node-newer', values, { node: node.name })] };
  }
  return node.version === definition.version ? { node, problems: [] } : applyUpgrades(node, definition);
}

function applyUpgrades(
  node: YardNode,
  definition: NodeDefinition,
): { readonly node: YardNode; readonly problems: readonly Problem[] } {
  try {
    let params = node.params;
    for (let to = node.version + 1; to <= definition.version; to++)
      params = definition.upgrades?.[to]?.(params) ?? params;
    return { node: { ...node, params, version: definition.version }, problems: [] };
  } catch {
    // An upgrade trusts the params of its version; a file edited by hand may break that trust.
    const values = { kind: node.kind, version: node.version };
    return { node, problems: [problem('node-upgrade-failed', values, { node: node.name })] };
  }
}
