import type { NodeLookup } from '../nodes/catalog';
import type { NodeDefinition } from '../nodes/define-node';
import { type Problem, problem } from '../problem';
import { checkGraph } from './check-graph';
import { checkParams, type EffectiveParams } from './check-params';
import type { YardDocument, YardNode } from './document';

/** Everything that can be said without types: kinds, params, names, wiring. Cheap enough to repeat after every edit. */
export function checkDocument(document: YardDocument, lookup: NodeLookup): Problem[] {
  const nodes = Object.values(document.nodes).flatMap((node) => checkNode(node, lookup(node.kind)).problems);
  return [...nodes, ...checkGraph(document, lookup)];
}

/** A node's params with defaults, or what stands in the way of using them. */
export function checkNode(
  node: YardNode,
  definition: NodeDefinition | undefined,
): { readonly params?: EffectiveParams; readonly problems: readonly Problem[] } {
  if (!definition) return { problems: [problem('kind-unknown', { kind: node.kind }, { node: node.name })] };
  const { kind, version } = node;
  if (version > definition.version) {
    const values = { kind, version, supported: definition.version };
    return { problems: [problem('node-newer', values, { node: node.name })] };
  }
  // Loading upgrades nodes; one that is still old could not be upgraded.
  if (version < definition.version) {
    return { problems: [problem('node-upgrade-failed', { kind, version }, { node: node.name })] };
  }
  return checkParams(definition, node);
}
