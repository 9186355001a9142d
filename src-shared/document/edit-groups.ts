import type { Group, NodeId, YardDocument } from './document';
import { freshId } from './edit-nodes';
import { ownEntry } from './own-entry';

/** Puts nodes into a group of their own; a node is in one group at most. Undefined where there is none to put. */
export function groupNodes(
  document: YardDocument,
  ids: readonly NodeId[],
  title: string,
): { readonly document: YardDocument; readonly id: string } | undefined {
  const nodes = [...new Set(ids)].filter((id) => Object.hasOwn(document.nodes, id));
  if (nodes.length === 0) return undefined;
  const id = freshId(Object.keys(document.groups), 'g');
  const groups = takeOut(document.groups, new Set(nodes));
  return { document: { ...document, groups: { ...groups, [id]: { title, nodes } } }, id };
}

/** Takes groups away; their nodes stay. */
export function ungroup(document: YardDocument, ids: readonly string[]): YardDocument {
  const gone = new Set(ids);
  const groups = Object.entries(document.groups).filter(([id]) => !gone.has(id));
  return { ...document, groups: Object.fromEntries(groups) };
}

/** The document itself where there is no such group. */
export function renameGroup(document: YardDocument, id: string, title: string): YardDocument {
  const group = ownEntry(document.groups, id);
  return group ? { ...document, groups: { ...document.groups, [id]: { ...group, title } } } : document;
}

/** Groups that hold one of the nodes. */
export function groupsOf(document: Pick<YardDocument, 'groups'>, ids: readonly NodeId[]): string[] {
  const picked = new Set(ids);
  return Object.entries(document.groups).flatMap(([id, { nodes }]) =>
    nodes.some((node) => picked.has(node)) ? [id] : [],
  );
}

/** Groups without these nodes; a group that loses its last one goes. */
export function takeOut(groups: YardDocument['groups'], gone: ReadonlySet<NodeId>): YardDocument['groups'] {
  const left = Object.entries(groups).flatMap(([id, group]): [string, Group][] => {
    if (!group.nodes.some((node) => gone.has(node))) return [[id, group]];
    const nodes = group.nodes.filter((node) => !gone.has(node));
    return nodes.length > 0 ? [[id, { ...group, nodes }]] : [];
  });
  return Object.fromEntries(left);
}
