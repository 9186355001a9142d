import type { NodeId } from './document';

export interface Link {
  readonly from: NodeId;
  readonly to: NodeId;
}

/** A chain of layers shorter than this stays in line with what is around it. */
const shortest = 4;

/**
 * The rows of a layout from top to bottom: what comes before a long chain of layers, the chain, what comes behind it.
 * Chains at the same depth share a row.
 */
export function findRows(ids: readonly NodeId[], links: readonly Link[], isLayer: (id: NodeId) => boolean): NodeId[][] {
  const chainOf = findChains(ids, links, isLayer);
  const unitOf = (id: NodeId) => chainOf.get(id) ?? id;
  const before = new Map<string, Set<string>>();
  for (const { from, to } of links) {
    const [a, b] = [unitOf(from), unitOf(to)];
    if (a !== b) before.set(b, (before.get(b) ?? new Set()).add(a));
  }
  const chains = new Set(chainOf.values());
  const depths = depthsOf([...new Set(ids.map(unitOf))], before, (a, b) => chains.has(a) || chains.has(b));
  const rows = new Map<number, NodeId[]>();
  for (const id of ids) {
    const depth = depths.get(unitOf(id)) ?? 0;
    rows.set(depth, [...(rows.get(depth) ?? []), id]);
  }
  return [...rows.entries()].sort(([a], [b]) => a - b).map(([, row]) => row);
}

/** Layers that hang together, by the id of one of them; only where they are many. */
function findChains(
  ids: readonly NodeId[],
  links: readonly Link[],
  isLayer: (id: NodeId) => boolean,
): ReadonlyMap<NodeId, string> {
  const layers = new Set(ids.filter(isLayer));
  const near = new Map<NodeId, NodeId[]>();
  for (const { from, to } of links) {
    if (!layers.has(from) || !layers.has(to)) continue;
    near.set(from, [...(near.get(from) ?? []), to]);
    near.set(to, [...(near.get(to) ?? []), from]);
  }
  const chainOf = new Map<NodeId, string>();
  for (const start of layers) {
    if (chainOf.has(start)) continue;
    const chain = new Set([start]);
    for (const id of chain) for (const other of near.get(id) ?? []) chain.add(other);
    for (const id of chain) layers.delete(id);
    if (chain.size >= shortest) for (const id of chain) chainOf.set(id, `chain ${start}`);
  }
  return chainOf;
}

/** How many changes from or to a chain lead to a unit, at most. Units in a circle count as if its last wire were not. */
function depthsOf(
  units: readonly string[],
  before: ReadonlyMap<string, ReadonlySet<string>>,
  isChange: (a: string, b: string) => boolean,
): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const open = new Set<string>();
  const visit = (unit: string): number => {
    const known = depths.get(unit);
    if (known !== undefined) return known;
    if (open.has(unit)) return 0;
    open.add(unit);
    const above = [...(before.get(unit) ?? [])].map((other) => visit(other) + (isChange(other, unit) ? 1 : 0));
    const depth = Math.max(0, ...above);
    depths.set(unit, depth);
    return depth;
  };
  for (const unit of units) visit(unit);
  return depths;
}
