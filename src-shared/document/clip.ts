import { z } from 'zod';
import type { NodeLookup } from '../nodes/catalog';
import type { Group, NodeId, Note, YardDocument, YardEdge, YardNode } from './document';
import { ownEntry } from './own-entry';
import { edgeSchema, idSchema, nodeSchema, noteSchema } from './schema';
import { wiresOf } from './wires';
import { withoutPrivate } from './without-private';

/** Part of a document as text on the clipboard: the file's own schema, in lists. */
export interface Clip {
  readonly modelyard: 'clip';
  readonly version: number;
  readonly nodes: readonly (YardNode & { readonly id: NodeId })[];
  readonly edges: readonly (YardEdge & { readonly id: string })[];
  readonly notes: readonly Note[];
  readonly groups: readonly Group[];
  /** Nodes that stayed behind and that wires came from: a paste with wires looks for them by name. */
  readonly sources: Readonly<Record<NodeId, { readonly name: string; readonly kind: string }>>;
}

export const clipVersion = 1;

const listOf = <S extends z.ZodType>(schema: S) => z.array(schema).default([]);

export const clipSchema = z.looseObject({
  modelyard: z.literal('clip'),
  version: z.int().min(1),
  nodes: z.array(nodeSchema.extend({ id: idSchema })),
  edges: listOf(edgeSchema.extend({ id: z.string() })),
  notes: listOf(noteSchema),
  groups: listOf(z.looseObject({ title: z.string(), nodes: z.array(idSchema) })),
  sources: z.record(idSchema, z.looseObject({ name: z.string(), kind: z.string() })).default({}),
});

export interface Picked {
  readonly nodes: readonly NodeId[];
  readonly notes?: readonly string[];
}

/**
 * What is picked, with the wires between its nodes and those that lead into it. As it stands it is for this window;
 * text that leaves it goes through `withoutPrivate`.
 */
export function copyToClip(document: YardDocument, { nodes, notes = [] }: Picked): Clip {
  const picked = new Set(nodes.filter((id) => Object.hasOwn(document.nodes, id)));
  const wires = wiresOf(document).filter(({ to }) => picked.has(to.node));
  const outside = new Set(wires.map(({ from }) => from.node).filter((id) => !picked.has(id)));
  return {
    modelyard: 'clip',
    version: clipVersion,
    nodes: entriesOf(document.nodes, picked).map(([id, node]) => ({ ...node, id })),
    edges: wires.map(({ id, edge }) => ({ ...edge, id })),
    notes: entriesOf(document.notes, new Set(notes)).map(([, note]) => note),
    groups: Object.values(document.groups).flatMap((group) => {
      const inside = group.nodes.filter((id) => picked.has(id));
      return inside.length > 0 && inside.length === group.nodes.length ? [group] : [];
    }),
    sources: Object.fromEntries(
      entriesOf(document.nodes, outside).map(([id, { name, kind }]) => [id, { name, kind }] as const),
    ),
  };
}

/** The clip's text for the clipboard: names of secrets and absolute paths stay behind. */
export function clipText(clip: Clip, lookup: NodeLookup): string {
  const nodes = clip.nodes.map((node) => ({ ...node, params: withoutPrivate(node, lookup(node.kind)) }));
  return JSON.stringify({ ...clip, nodes }, undefined, 2);
}

/** In the document's order, whatever the order of the ids. */
function entriesOf<T>(record: Readonly<Record<string, T>>, ids: ReadonlySet<string>): [string, T][] {
  return [...ids].flatMap((id) => {
    const entry = ownEntry(record, id);
    return entry === undefined ? [] : [[id, entry] as [string, T]];
  });
}
