import { duplicateParts, reach, removeParts } from '../../src-shared/document/edit-selection';
import { wiresOf } from '../../src-shared/document/wires';
import type { Translate } from '../i18n/i18n';
import { edits } from '../i18n/messages/edits';
import type { HistoryEntry } from '../store/editor';
import { select, selectionOf } from '../store/ui';
import { activeTab } from '../store/workspace';
import { active, editActive, editAndSelect, hasDocument, hasNodes, hasSelection, known } from './active';
import { copySelection, cutSelection, pasteFromSystem } from './clipboard';
import type { Command } from './define-command';

/** History, clipboard, selection. */
export const editCommands: readonly Command[] = [
  {
    id: 'edit.undo',
    title: 'commands.edit_undo',
    titleNow: (t) => namedStep(t, 'edits.undo', activeTab()?.editor.store.getState().past.at(-1)),
    keys: ['Mod+Z'],
    scope: 'document',
    isEnabled: () => (activeTab()?.editor.store.getState().past.length ?? 0) > 0,
    run: () => void activeTab()?.editor.undo(),
  },
  {
    id: 'edit.redo',
    title: 'commands.edit_redo',
    titleNow: (t) => namedStep(t, 'edits.redo', activeTab()?.editor.store.getState().future.at(-1)),
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    scope: 'document',
    isEnabled: () => (activeTab()?.editor.store.getState().future.length ?? 0) > 0,
    run: () => void activeTab()?.editor.redo(),
  },
  { ...clipboard('edit.cut', 'Mod+X'), title: 'commands.edit_cut', isEnabled: hasCopyable, run: cutSelection },
  { ...clipboard('edit.copy', 'Mod+C'), title: 'commands.edit_copy', isEnabled: hasCopyable, run: copySelection },
  {
    ...clipboard('edit.paste', 'Mod+V'),
    title: 'commands.edit_paste',
    isEnabled: hasDocument,
    run: () => pasteFromSystem(false),
  },
  {
    ...clipboard('edit.pasteWithWires', 'Mod+Shift+V'),
    title: 'commands.edit_pasteWithWires',
    isEnabled: hasDocument,
    run: () => pasteFromSystem(true),
  },
  {
    id: 'edit.duplicate',
    title: 'commands.edit_duplicate',
    keys: ['Mod+D'],
    scope: 'document',
    isEnabled: hasCopyable,
    run: duplicate,
  },
  {
    id: 'edit.delete',
    title: 'commands.edit_delete',
    keys: ['Delete', 'Backspace'],
    scope: 'canvas',
    isEnabled: hasSelection,
    run: remove,
  },
  {
    id: 'edit.selectAll',
    title: 'commands.edit_selectAll',
    keys: ['Mod+A'],
    scope: 'document',
    isEnabled: hasDocument,
    run: selectAll,
  },
  {
    id: 'edit.selectNone',
    title: 'commands.edit_selectNone',
    keys: ['Escape'],
    scope: 'canvas',
    isEnabled: hasSelection,
    run: () => pick([]),
  },
  { ...selecting('up', 'Shift+Left'), title: 'commands.edit_selectUp' },
  { ...selecting('down', 'Shift+Right'), title: 'commands.edit_selectDown' },
  {
    id: 'edit.selectConnected',
    title: 'commands.edit_selectConnected',
    keys: ['Alt+S'],
    scope: 'canvas',
    isEnabled: () => hasNodes(),
    run: selectConnected,
  },
];

/** “Undo: paste”. */
function namedStep(
  t: Translate,
  key: 'edits.undo' | 'edits.redo',
  entry: HistoryEntry | undefined,
): string | undefined {
  if (!entry) return undefined;
  const word = entry.label.replaceAll('.', '_');
  return t(key, { what: t(isWord(word) ? `edits.${word}` : 'edits.other') });
}

function isWord(word: string): word is keyof typeof edits {
  return Object.hasOwn(edits, word);
}

function clipboard(id: string, keys: string): Pick<Command, 'id' | 'keys' | 'scope' | 'isClipboard'> {
  return { id, keys: [keys], scope: 'document', isClipboard: true };
}

function selecting(way: 'up' | 'down', keys: string): Omit<Command, 'title'> {
  return {
    id: way === 'up' ? 'edit.selectUp' : 'edit.selectDown',
    keys: [keys],
    scope: 'canvas',
    isEnabled: () => hasNodes(),
    run: () => {
      const now = active();
      if (now) pick(reach(now.document, now.selection.nodes, way));
    },
  };
}

function hasCopyable(): boolean {
  const selection = active()?.selection;
  return selection !== undefined && selection.nodes.length + selection.notes.length > 0;
}

function pick(nodes: readonly string[]): void {
  const tab = activeTab();
  if (tab) select(tab.id, { nodes });
}

function duplicate(): void {
  const now = active();
  if (!now) return;
  editAndSelect(
    'edit.duplicate',
    (document) => duplicateParts(document, now.selection, { known }),
    ({ id }, { nodes, notes }) => select(id, { nodes, notes }),
  );
}

function remove(): void {
  const now = active();
  if (now) editActive('edit.delete', (document) => removeParts(document, now.selection));
}

function selectAll(): void {
  const now = active();
  if (!now) return;
  const { nodes, edges, notes } = now.document;
  select(now.tab.id, { nodes: Object.keys(nodes), edges: Object.keys(edges), notes: Object.keys(notes) });
}

/** Everything that hangs together with what is selected. */
function selectConnected(): void {
  const tab = activeTab();
  if (!tab) return;
  const { document } = tab.editor;
  const seen = new Set(selectionOf(tab.id).nodes);
  const wires = wiresOf(document);
  for (const id of seen) {
    for (const { from, to } of wires) {
      if (from.node === id) seen.add(to.node);
      if (to.node === id) seen.add(from.node);
    }
  }
  pick([...seen]);
}
