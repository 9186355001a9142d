import type { OpDefinition } from './define-op';
import * as all from './op-list';

/** Every op, one line each. */
export const ops: readonly OpDefinition[] = Object.values(all);

const byName = new Map(ops.map((op) => [op.name, op]));

/** The op of this name; throws for a name that no op has, which only a damaged program can carry. */
export function lookupOp(name: string): OpDefinition {
  const op = byName.get(name);
  if (!op) throw new Error(`There is no op "${name}".`);
  return op;
}
