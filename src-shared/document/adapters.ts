import type { NodeLookup } from '../nodes/catalog';
import type { NodeDefinition } from '../nodes/define-node';
import type { Fix } from '../problem';
import { accepts, type InputPort, type WireName } from '../types/ports';

/** The nodes there are: by kind, and where adapters are to be offered, all of them. */
export interface Known {
  readonly lookup: NodeLookup;
  readonly nodes?: readonly NodeDefinition[];
}

/** The node to put between an output and an input that does not take it: one wire in, one that fits out. */
export function adapterFor(
  given: readonly WireName[],
  port: InputPort,
  nodes: readonly NodeDefinition[] = [],
): Fix | undefined {
  const adapter = nodes.find((node) => {
    const inputs = Object.values(node.inputs).filter((input) => !input.optional);
    const [only] = inputs;
    const takes = inputs.length === 1 && only !== undefined && given.some((name) => accepts(only, name));
    return takes && Object.values(node.outputs).some(({ type }) => typeof type === 'string' && accepts(port, type));
  });
  return adapter && { code: 'insert-node', kind: adapter.kind };
}
