import type { Problem } from '../problem';
import type { Known } from './adapters';
import { copyToClip, type Picked } from './clip';
import type { EdgeId, NodeId, YardDocument } from './document';
import { disconnect } from './edit-edges';
import { takeOut } from './edit-groups';
import { removeNodes } from './edit-nodes';
import { removeNote } from './edit-notes';
import { type Pasted, type PasteOptions, pasteClip } from './edit-paste';
import { wiresOf } from './wires';

export interface PickedParts extends Picked {
  readonly edges?: readonly EdgeId[];
}

/** Removes nodes with their wires, wires alone, and notes; groups that are left empty go too. */
export function removeParts(document: YardDocument, { nodes, edges = [], notes = [] }: PickedParts): YardDocument {
  const groups = takeOut(document.groups, new Set(nodes));
  const rest = nodes.length > 0 ? { ...removeNodes(document, nodes), groups } : document;
  const wired = edges.length > 0 ? disconnect(rest, edges) : rest;
  return notes.reduce(removeNote, wired);
}

/** The same once more, beside where it lies. */
export function duplicateParts(
  document: YardDocument,
  picked: Picked,
  { options = {}, known }: { readonly options?: PasteOptions; readonly known: Known },
): Pasted | Problem {
  return pasteClip(document, copyToClip(document, picked), { options, known });
}

/** Everything that feeds these nodes (`up`), or that they feed (`down`); the nodes themselves are in it. */
export function reach(document: YardDocument, ids: readonly NodeId[], way: 'up' | 'down'): NodeId[] {
  const next = new Map<NodeId, NodeId[]>();
  for (const { from, to } of wiresOf(document)) {
    const [near, far] = way === 'down' ? [from.node, to.node] : [to.node, from.node];
    next.set(near, [...(next.get(near) ?? []), far]);
  }
  const seen = new Set(ids);
  for (const id of seen) for (const other of next.get(id) ?? []) seen.add(other);
  return [...seen].filter((id) => Object.hasOwn(document.nodes, id));
}
