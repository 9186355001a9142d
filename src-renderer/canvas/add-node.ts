import type { NodeId, YardDocument } from '../../src-shared/document/document';
import { connect } from '../../src-shared/document/edit-edges';
import { insertOnWire } from '../../src-shared/document/edit-insert';
import { addNode } from '../../src-shared/document/edit-nodes';
import { makeRoom } from '../../src-shared/document/make-room';
import { ownEntry } from '../../src-shared/document/own-entry';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import { isProblem, type Problem } from '../../src-shared/problem';
import { tell } from '../app/tell';
import { known } from '../commands/active';
import { noteRecent } from '../library/recent-nodes';
import { canvasView } from '../store/canvas-view';
import { newNodeSize, placeForNode } from '../store/place-for-node';
import { select } from '../store/ui';
import type { Tab } from '../store/workspace';
import type { AddSearch, OpenEnd } from './canvas-store';
import { portsThatFit } from './fitting-ports';

/** Adds a node where it was asked for, wired to what it was asked from: one undo step. */
export function addWhere({ id, editor }: Tab, kind: string, where: Pick<AddSearch, 'place' | 'end' | 'wire'>): void {
  let made: NodeId | undefined;
  const refused = editor.edit('node.add', (document) => {
    const added = addedTo(document, kind, where);
    if (isProblem(added)) return added;
    made = added.id;
    return added.document;
  });
  if (refused) tell(refused);
  if (made === undefined) return;
  noteRecent(kind);
  select(id, { nodes: [made] });
  if (!hasPlaceWanted(editor.document, made, where.place)) canvasView()?.reveal(made);
}

/** It stands where it was asked for, which is in sight. */
function hasPlaceWanted({ nodes }: YardDocument, id: NodeId, { x }: AddSearch['place']): boolean {
  return ownEntry(nodes, id)?.position[0] === snap(x);
}

type Added = { readonly document: YardDocument; readonly id: NodeId };

function addedTo(
  document: YardDocument,
  kind: string,
  { place, end, wire }: Pick<AddSearch, 'place' | 'end' | 'wire'>,
) {
  const position = [snap(place.x), snap(place.y - 32)] as const;
  if (wire !== undefined) {
    const inserted = insertOnWire(document, { kind, wire, position }, known);
    if (!isProblem(inserted)) return withRoom(inserted, position);
  }
  const added = addNode(document, { kind, position: placeForNode(document, position) }, known.lookup);
  return isProblem(added) || !end ? added : wired(added, kind, end);
}

function withRoom({ document, id }: Added, [x, y]: readonly [number, number]): Added {
  const boxes = canvasView()?.boxes(Object.keys(document.nodes)) ?? {};
  return { document: makeRoom(document, { ...boxes, [id]: { x, y, ...newNodeSize } }, id), id };
}

/** With a wire to the first port of it that fits; alone where none does. */
function wired(added: Added, kind: string, end: OpenEnd): Added | Problem {
  const definition = known.lookup(ownEntry(added.document.nodes, end.node)?.kind ?? '');
  const other = known.lookup(kind);
  const [port] = definition && other ? portsThatFit(definition, end, other) : [];
  if (port === undefined) return added;
  const [near, far] = [
    { node: end.node, port: end.port },
    { node: added.id, port },
  ];
  const ends = end.side === 'output' ? { from: near, to: far } : { from: far, to: near };
  const connected = connect(added.document, ends, known);
  return isProblem(connected) ? connected : { document: connected, id: added.id };
}

/** Nodes that can be wired to an end; all where there is none. */
export function nodesFor(
  document: YardDocument,
  end: OpenEnd | undefined,
  all: readonly NodeDefinition[],
): readonly NodeDefinition[] {
  const definition = end && known.lookup(ownEntry(document.nodes, end.node)?.kind ?? '');
  return definition ? all.filter((other) => portsThatFit(definition, end, other).length > 0) : all;
}

function snap(value: number): number {
  return Math.round(value / 8) * 8;
}
