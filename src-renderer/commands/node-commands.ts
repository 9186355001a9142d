import { groupNodes, groupsOf, renameGroup, ungroup } from '../../src-shared/document/edit-groups';
import { setNodeFlags } from '../../src-shared/document/edit-nodes';
import { addNote } from '../../src-shared/document/edit-notes';
import { translate } from '../i18n/i18n';
import { canvasView } from '../store/canvas-view';
import { askText } from '../store/question';
import { openDialog, select } from '../store/ui';
import { active, editActive, editAndSelect, hasDocument, hasNodes, pickedNodes } from './active';
import type { Command } from './define-command';

const noteSize = [240, 120] as const;

/** What is done to nodes, groups and notes. */
export const nodeCommands: readonly Command[] = [
  {
    id: 'node.add',
    title: 'commands.node_add',
    keys: ['Shift+A', 'Mod+.'],
    scope: 'document',
    isEnabled: hasDocument,
    run: () => canvasView()?.openAddSearch(),
  },
  {
    ...forOne('node.connect', 'C', () => openDialog('connect')),
    title: 'commands.node_connect',
  },
  { ...forOne('node.rename', 'F2', (id) => canvasView()?.startRename(id)), title: 'commands.node_rename' },
  { ...flag('node.mute', 'muted', 'Mod+M'), title: 'commands.node_mute' },
  { ...flag('node.bypass', 'bypassed', 'Mod+B'), title: 'commands.node_bypass' },
  { ...flag('node.collapse', 'collapsed', 'Alt+C'), title: 'commands.node_collapse' },
  {
    id: 'group.create',
    title: 'commands.group_create',
    keys: ['Mod+G'],
    scope: 'document',
    isEnabled: () => hasNodes(),
    run: group,
  },
  {
    id: 'group.dissolve',
    title: 'commands.group_dissolve',
    keys: ['Mod+Shift+G'],
    scope: 'document',
    isEnabled: () => pickedGroups().length > 0,
    run: () => void editActive('group.dissolve', (document) => ungroup(document, groupsOf(document, pickedNodes()))),
  },
  {
    id: 'group.rename',
    title: 'commands.group_rename',
    scope: 'document',
    isEnabled: () => pickedGroups().length === 1,
    run: nameGroup,
  },
  {
    id: 'note.add',
    title: 'commands.note_add',
    keys: ['Shift+S'],
    scope: 'canvas',
    isEnabled: hasDocument,
    run: note,
  },
];

function forOne(id: string, keys: string, work: (node: string) => void): Omit<Command, 'title'> {
  return {
    id,
    keys: [keys],
    scope: 'canvas',
    isEnabled: () => pickedNodes().length === 1,
    run: () => {
      const [node] = pickedNodes();
      if (node !== undefined) work(node);
    },
  };
}

/** On for all, unless all have it already. */
function flag(id: string, name: 'muted' | 'bypassed' | 'collapsed', keys: string): Omit<Command, 'title'> {
  return {
    id,
    keys: [keys],
    scope: 'document',
    isEnabled: () => hasNodes(),
    run: () => {
      const ids = pickedNodes();
      editActive(id, (document) => {
        const isOn = ids.every((node) => document.nodes[node]?.[name] === true);
        return setNodeFlags(document, ids, { [name]: !isOn });
      });
    },
  };
}

function pickedGroups(): readonly string[] {
  const now = active();
  return now ? groupsOf(now.document, now.selection.nodes) : [];
}

function group(): void {
  const nodes = pickedNodes();
  editActive('group.create', (document) => {
    const title = translate('app.groupTitle', { number: Object.keys(document.groups).length + 1 });
    return groupNodes(document, nodes, title)?.document ?? document;
  });
}

async function nameGroup(): Promise<void> {
  const [id] = pickedGroups();
  const title = id === undefined ? undefined : active()?.document.groups[id]?.title;
  if (id === undefined || title === undefined) return;
  const name = await askText({
    title: translate('commands.group_rename'),
    label: translate('app.groupName'),
    value: title,
  });
  if (name) editActive('group.rename', (document) => renameGroup(document, id, name));
}

function note(): void {
  const [x, y] = canvasView()?.centre() ?? [0, 0];
  const snap = (value: number) => Math.round(value / 8) * 8;
  const position = [snap(x - noteSize[0] / 2), snap(y - noteSize[1] / 2)] as const;
  editAndSelect(
    'note.add',
    (document) => addNote(document, { text: translate('app.noteText'), position, size: noteSize }),
    ({ id }, made) => select(id, { notes: [made.id] }),
  );
}
