import { useReactFlow } from '@xyflow/react';
import { ContextMenu } from 'radix-ui';
import { type MouseEvent, type ReactNode, useState } from 'react';
import { useShownKeys } from '../commands/bindings';
import { findCommand } from '../commands/command-list';
import { isEnabled, runCommand } from '../commands/run-command';
import { useTranslate } from '../i18n/i18n';
import { select, selectionOf } from '../store/ui';
import type { Tab } from '../store/workspace';
import { useCanvas } from './canvas-store';
import { ownId } from './flow-nodes';
import type { Point } from './wire-path';

type Target = {
  readonly kind: 'node' | 'note' | 'group' | 'wire' | 'empty';
  readonly screen: Point;
  readonly id?: string;
};

/** Commands by what was clicked; `-` parts them. */
const menus: Readonly<Record<Target['kind'], readonly string[]>> = {
  node: [
    'run.toHere',
    '-',
    'node.connect',
    'node.rename',
    'node.collapse',
    'node.mute',
    'node.bypass',
    '-',
    'edit.cut',
    'edit.copy',
    'edit.duplicate',
    'edit.delete',
    '-',
    'group.create',
    'group.dissolve',
    '-',
    'edit.selectUp',
    'edit.selectDown',
  ],
  note: ['edit.cut', 'edit.copy', 'edit.duplicate', 'edit.delete'],
  group: ['group.rename', 'group.dissolve', '-', 'node.collapse', 'node.mute', '-', 'edit.duplicate', 'edit.delete'],
  wire: ['edit.delete'],
  empty: [
    'edit.paste',
    'note.add',
    '-',
    'edit.selectAll',
    'node.layout',
    '-',
    'view.fitAll',
    'view.zoomReset',
    '-',
    'edit.undo',
    'edit.redo',
  ],
};

/** The menu of the right button: of a node, a wire, a note, a group or the canvas itself. */
export function CanvasMenu({ tab, children }: { readonly tab: Tab; readonly children: ReactNode }) {
  const [target, setTarget] = useState<Target>();
  const open = (event: MouseEvent) => {
    const found = targetAt(event);
    setTarget(found);
    pick(tab, found);
  };
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild onContextMenu={open}>
        <div className="canvas-flow">{children}</div>
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="surface menu">
          {target ? <Entries target={target} /> : null}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function Entries({ target }: { readonly target: Target }) {
  const t = useTranslate();
  const { screenToFlowPosition } = useReactFlow();
  const search = () => {
    const place = screenToFlowPosition(target.screen);
    const wire = target.kind === 'wire' && target.id !== undefined ? { wire: target.id } : {};
    useCanvas.setState({ search: { screen: target.screen, place, ...wire } });
  };
  const hasSearch = target.kind === 'empty' || target.kind === 'wire';
  return (
    <>
      {hasSearch ? (
        // Once the menu has given the focus back: the search takes it.
        <ContextMenu.Item className="menu-item" onSelect={() => setTimeout(search)}>
          {t(target.kind === 'wire' ? 'canvas.menuInsert' : 'commands.node_add')}
        </ContextMenu.Item>
      ) : null}
      {menus[target.kind].map((id, index) =>
        id === '-' ? (
          // Lines have no other identity than their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <ContextMenu.Separator key={index} className="menu-separator" />
        ) : (
          <Entry key={id} id={id} />
        ),
      )}
    </>
  );
}

function Entry({ id }: { readonly id: string }) {
  const t = useTranslate();
  const command = findCommand(id);
  const keys = useShownKeys(command ?? { id });
  if (!command) return null;
  return (
    <ContextMenu.Item className="menu-item" disabled={!isEnabled(id)} onSelect={() => setTimeout(() => runCommand(id))}>
      {t(command.title)}
      {keys ? <kbd className="kbd">{keys}</kbd> : null}
    </ContextMenu.Item>
  );
}

function targetAt({ target, clientX, clientY }: MouseEvent): Target {
  const screen = { x: clientX, y: clientY };
  if (!(target instanceof Element)) return { kind: 'empty', screen };
  const node = target.closest<HTMLElement>('.react-flow__node')?.dataset.id;
  const wire = target.closest<HTMLElement>('.react-flow__edge')?.dataset.id;
  if (target.closest('.react-flow__nodesselection')) return { kind: 'node', screen };
  if (node?.startsWith('note:')) return { kind: 'note', id: ownId(node), screen };
  if (node?.startsWith('frame:')) return { kind: 'group', id: ownId(node), screen };
  if (node !== undefined) return { kind: 'node', id: node, screen };
  return wire === undefined ? { kind: 'empty', screen } : { kind: 'wire', id: wire, screen };
}

/** What was clicked is what the commands work on; several stay selected together. */
function pick({ id: tab, editor }: Tab, { kind, id }: Target): void {
  if (id === undefined) return;
  const { nodes, edges, notes } = selectionOf(tab);
  if (kind === 'group') select(tab, { nodes: editor.document.groups[id]?.nodes ?? [] });
  if (kind === 'node' && !nodes.includes(id)) select(tab, { nodes: [id] });
  if (kind === 'note' && !notes.includes(id)) select(tab, { notes: [id] });
  if (kind === 'wire' && !edges.includes(id)) select(tab, { edges: [id] });
}
