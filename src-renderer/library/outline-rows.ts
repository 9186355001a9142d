import type { NodeId, YardDocument, YardNode } from '../../src-shared/document/document';
import { groupOf, nodeGroups } from '../../src-shared/nodes/groups';
import type { Text } from '../../src-shared/text';

export type OutlineRow =
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly title: Text;
      readonly count: number;
      readonly isOpen: boolean;
    }
  | {
      readonly kind: 'node';
      readonly id: NodeId;
      readonly group: string;
      readonly node: YardNode;
      /** Place among its siblings, from 1, and how many there are. */
      readonly place: number;
      readonly of: number;
    };

interface Options {
  /** Ids of nodes in the order of the work; others follow. */
  readonly order: readonly NodeId[];
  readonly closed: ReadonlySet<string>;
}

const others = { id: 'others', title: { en: 'Unknown nodes', zh: '未知节点' } };

/** The rows of the outline from top to bottom: groups, and the nodes of those that are open, in the order of the graph. */
export function outlineRows({ nodes }: Pick<YardDocument, 'nodes'>, { order, closed }: Options): OutlineRow[] {
  const ids = [...new Set([...order, ...Object.keys(nodes)])].filter((id) => Object.hasOwn(nodes, id));
  const known = new Set(nodeGroups.map(({ id }) => id));
  const byGroup = new Map<string, [NodeId, YardNode][]>();
  for (const id of ids) {
    const node = nodes[id];
    if (!node) continue;
    const group = known.has(groupOf(node.kind)) ? groupOf(node.kind) : others.id;
    byGroup.set(group, [...(byGroup.get(group) ?? []), [id, node]]);
  }
  return [...nodeGroups, others].flatMap(({ id: group, title }) => {
    const members = byGroup.get(group) ?? [];
    if (members.length === 0) return [];
    const isOpen = !closed.has(group);
    const head = { kind: 'group', id: group, title, count: members.length, isOpen } as const;
    const rows = members.map(([id, node], at) => {
      return { kind: 'node', id, group, node, place: at + 1, of: members.length } as const;
    });
    return isOpen ? [head, ...rows] : [head];
  });
}

/** The row that a key of a tree leads to; undefined where the key does nothing. */
export function rowForKey(rows: readonly OutlineRow[], at: number, key: string): number | undefined {
  const row = rows[at];
  switch (key) {
    case 'ArrowDown':
      return Math.min(rows.length - 1, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'ArrowLeft':
      return row?.kind === 'node' ? rows.findIndex(({ kind, id }) => kind === 'group' && id === row.group) : undefined;
    case 'ArrowRight':
      return row?.kind === 'group' && row.isOpen ? at + 1 : undefined;
    default:
      return undefined;
  }
}

/** The next row whose name begins with what is typed. */
export function rowForLetter(rows: readonly OutlineRow[], at: number, letter: string): number | undefined {
  const wanted = letter.toLowerCase();
  const rest = rows.map((_, n) => (at + 1 + n) % rows.length);
  return rest.find((n) => {
    const row = rows[n];
    return row?.kind === 'node' && row.node.name.toLowerCase().startsWith(wanted);
  });
}
