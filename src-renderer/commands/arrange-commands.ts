import { alignNodes, distributeNodes, type Edge } from '../../src-shared/document/arrange';
import { layoutNodes } from '../../src-shared/document/layout';
import type { MessageKey } from '../i18n/messages';
import { canvasView } from '../store/canvas-view';
import { active, editActive, hasNodes, known, pickedNodes } from './active';
import type { Command } from './define-command';

/** How large a node is taken to be while no canvas draws it. */
const usualSize = { width: 176, height: 64 };

/** Where nodes stand beside each other. */
export const arrangeCommands: readonly Command[] = [
  {
    id: 'node.layout',
    title: 'commands.node_layout',
    keys: ['Alt+L'],
    scope: 'document',
    isEnabled: () => Object.keys(active()?.document.nodes ?? {}).length > 0,
    run: layOut,
  },
  aligning('left', 'commands.node_alignLeft'),
  aligning('centre', 'commands.node_alignCentre'),
  aligning('right', 'commands.node_alignRight'),
  aligning('top', 'commands.node_alignTop'),
  aligning('middle', 'commands.node_alignMiddle'),
  aligning('bottom', 'commands.node_alignBottom'),
  distributing('x', 'commands.node_distributeX'),
  distributing('y', 'commands.node_distributeY'),
];

function aligning(edge: Edge, title: MessageKey): Command {
  return {
    id: `node.align${edge[0]?.toUpperCase()}${edge.slice(1)}`,
    title,
    scope: 'document',
    isEnabled: () => hasNodes(2),
    run: () => void editActive('node.align', (document) => alignNodes(document, boxes(), edge)),
  };
}

function distributing(axis: 'x' | 'y', title: MessageKey): Command {
  return {
    id: `node.distribute${axis.toUpperCase()}`,
    title,
    scope: 'document',
    isEnabled: () => hasNodes(3),
    run: () => void editActive('node.distribute', (document) => distributeNodes(document, boxes(), axis)),
  };
}

function boxes() {
  return boxesOf(pickedNodes());
}

function boxesOf(ids: readonly string[]) {
  const drawn = canvasView()?.boxes(ids) ?? {};
  const nodes = active()?.document.nodes ?? {};
  return Object.fromEntries(
    ids.map((id) => {
      const [x = 0, y = 0] = nodes[id]?.position ?? [];
      return [id, drawn[id] ?? { x, y, ...usualSize }];
    }),
  );
}

/** What is selected, where it is more than one; else everything. */
function layOut(): void {
  const now = active();
  if (!now) return;
  const picked = now.selection.nodes.length > 1 ? now.selection.nodes : Object.keys(now.document.nodes);
  const drawn = boxesOf(picked);
  const refused = editActive('node.layout', (document) =>
    layoutNodes(document, { sizeOf: (id) => drawn[id] ?? usualSize, lookup: known.lookup, only: picked }),
  );
  if (!refused) canvasView()?.fit();
}
