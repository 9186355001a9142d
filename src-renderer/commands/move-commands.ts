import type { NodeId } from '../../src-shared/document/document';
import { moveNodes } from '../../src-shared/document/edit-nodes';
import type { MessageKey } from '../i18n/messages';
import { canvasView } from '../store/canvas-view';
import { select } from '../store/ui';
import { active, editActive, hasDocument, hasNodes } from './active';
import type { Command } from './define-command';
import { type Direction, neighbour } from './neighbour';

const step = 8;

/** Arrow keys on the canvas: alone they go to a neighbour, with Ctrl they move what is selected. */
export const moveCommands: readonly Command[] = (
  [
    ['Left', 'commands.go_left', 'commands.move_left', 'commands.moveFar_left'],
    ['Right', 'commands.go_right', 'commands.move_right', 'commands.moveFar_right'],
    ['Up', 'commands.go_up', 'commands.move_up', 'commands.moveFar_up'],
    ['Down', 'commands.go_down', 'commands.move_down', 'commands.moveFar_down'],
  ] as const
).flatMap(([direction, go, move, far]) => [
  going(direction, go),
  moving(direction, { title: move, keys: `Mod+${direction}`, by: step }),
  moving(direction, { title: far, keys: `Mod+Shift+${direction}`, by: step * 10 }),
]);

function going(direction: Direction, title: MessageKey): Command {
  return {
    id: `canvas.go${direction}`,
    title,
    keys: [direction],
    scope: 'canvas',
    isEnabled: hasDocument,
    run: () => goTo(direction),
  };
}

function moving(
  direction: Direction,
  { title, keys, by }: { readonly title: MessageKey; readonly keys: string; readonly by: number },
): Command {
  const dx = direction === 'Left' ? -by : direction === 'Right' ? by : 0;
  const dy = direction === 'Up' ? -by : direction === 'Down' ? by : 0;
  return {
    id: `node.move${by > step ? 'Far' : ''}${direction}`,
    title,
    keys: [keys],
    scope: 'canvas',
    isEnabled: () => hasNodes(),
    run: () => moveBy(dx, dy),
  };
}

function goTo(direction: Direction): void {
  const now = active();
  if (!now) return;
  const from = now.selection.nodes.at(-1);
  const next = neighbour(now.document, from, direction);
  if (next === undefined) return;
  select(now.tab.id, { nodes: [next] });
  canvasView()?.reveal(next);
}

function moveBy(dx: number, dy: number): void {
  const now = active();
  if (!now) return;
  editActive('node.move', (document) => {
    const moved = now.selection.nodes.map((id): [NodeId, readonly [number, number]] => {
      const [x = 0, y = 0] = document.nodes[id]?.position ?? [];
      return [id, [x + dx, y + dy]];
    });
    return moveNodes(document, Object.fromEntries(moved));
  });
}
