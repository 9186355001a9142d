import type { NodeDefinition } from '../nodes/define-node';
import type { Fix } from '../problem';
import type { Known } from './adapters';
import type { Params } from './document';

/** The node that a fix puts in, with the settings under which it mends. */
export interface MendingNode {
  readonly definition: NodeDefinition;
  readonly params: Params;
}

/** Undefined where the fix is none of putting in a node, or no node mends that. */
export function mendingNode(
  { code, kind, mends, columns }: Fix,
  { lookup, nodes = [] }: Known,
): MendingNode | undefined {
  if (code !== 'insert-node') return undefined;
  const definition = mends ? nodes.find((node) => node.mends?.[mends]) : lookup(kind ?? '');
  if (!definition) return undefined;
  // Settings are held to the node's own params where it is defined; the catalogue erases their names.
  const settings = (mends && definition.mends?.[mends]) as Params | undefined;
  const chosen = columns && definition.params.columns?.type === 'columns' ? { columns } : {};
  return { definition, params: { ...settings, ...chosen } };
}
