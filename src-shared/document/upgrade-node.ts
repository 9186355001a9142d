import type { NodeDefinition } from '../nodes/define-node';
import type { YardNode } from './document';

/** A node with its params taken to the version that this app knows; as it is where that cannot be done. */
export function upgradeNode(node: YardNode, definition: NodeDefinition | undefined): YardNode {
  if (!definition || node.version >= definition.version) return node;
  try {
    let params = node.params;
    for (let to = node.version + 1; to <= definition.version; to++)
      params = definition.upgrades?.[to]?.(params) ?? params;
    return { ...node, params, version: definition.version };
  } catch {
    // An upgrade trusts the params of its version; a file edited by hand may break that trust. `checkNode` tells.
    return node;
  }
}
