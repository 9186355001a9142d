import type { NodeId, YardDocument } from '../../src-shared/document/document';
import { addNode } from '../../src-shared/document/edit-nodes';
import { lookupNode } from '../../src-shared/nodes/catalog';
import { isProblem } from '../../src-shared/problem';
import { tell } from '../app/tell';
import { canvasView } from '../store/canvas-view';
import { placeForNode } from '../store/place-for-node';
import { select, selectionOf } from '../store/ui';
import type { Tab } from '../store/workspace';
import { noteRecent } from './recent-nodes';

/** Adds a node in the middle of what the canvas shows (behind the selected node where there is no canvas). */
export function addToView(tab: Tab, kind: string): void {
  const { document } = tab.editor;
  const view = canvasView();
  const position = view ? placeForNode(document, onGrid(view.centre())) : freePlace(document, besideSelection(tab));
  let made: NodeId | undefined;
  const refused = tab.editor.edit('node.add', (before) => {
    const added = addNode(before, { kind, position }, lookupNode);
    if (isProblem(added)) return added;
    made = added.id;
    return added.document;
  });
  if (refused) tell(refused);
  if (made === undefined) return;
  noteRecent(kind);
  select(tab.id, { nodes: [made] });
  canvasView()?.reveal(made);
}

function onGrid([x, y]: readonly [number, number]): readonly [number, number] {
  return [Math.round(x / 8) * 8, Math.round(y / 8) * 8];
}

function besideSelection({ id, editor }: Tab): readonly [number, number] {
  const last = selectionOf(id).nodes.at(-1);
  const [x, y] = (last === undefined ? undefined : editor.document.nodes[last]?.position) ?? [0, 0];
  return [x + 320, y];
}

/** On the grid, and not on top of another node: nodes that are added one after another stand in a flight of steps. */
export function freePlace(
  { nodes }: Pick<YardDocument, 'nodes'>,
  [x, y]: readonly [number, number],
): readonly [number, number] {
  const taken = Object.values(nodes).map(({ position }) => position);
  const place: [number, number] = [Math.round(x / 8) * 8, Math.round(y / 8) * 8];
  while (taken.some(([a, b]) => Math.abs(a - place[0]) < 24 && Math.abs(b - place[1]) < 24)) {
    place[0] += 32;
    place[1] += 32;
  }
  return place;
}
