import { useMemo, useRef, useState } from 'react';
import type { NodeId } from '../../src-shared/document/document';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { useAnalysis } from '../store/analysis';
import { select, useSelection } from '../store/ui';
import { useDocument } from '../store/use-editor';
import type { Tab } from '../store/workspace';
import { deleteFrom, openInspectorOf } from './outline-actions';
import { OutlineNode } from './outline-node';
import { type OutlineRow, outlineRows, rowForKey, rowForLetter } from './outline-rows';

/** The graph as a tree: everything that the canvas can do with a node, without seeing it. */
export function Outline({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const tree = useTree(tab);
  const { rows, at, move } = tree;
  if (rows.length === 0) return <p className="library-empty small muted">{t('library.emptyOutline')}</p>;
  return (
    <div
      className="outline scroll"
      role="tree"
      aria-label={t('app.outline')}
      aria-multiselectable="true"
      onKeyDown={(event) => {
        if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
        if (onTreeKey(tab, tree, event.key)) event.preventDefault();
      }}
    >
      {rows.map((row, index) => (
        <Row
          key={`${row.kind} ${row.id}`}
          tab={tab}
          row={row}
          tree={tree}
          isCurrent={index === at}
          onCurrent={() => move(index)}
        />
      ))}
    </div>
  );
}

interface Tree {
  readonly rows: readonly OutlineRow[];
  /** The row that Tab leads to. */
  readonly at: number;
  readonly move: (to: number) => void;
  readonly toggle: (group: string) => void;
  readonly renaming: NodeId | undefined;
  readonly rename: (id: NodeId | undefined) => void;
  readonly elements: Map<string, HTMLElement>;
}

function useTree(tab: Tab): Tree {
  const document = useDocument(tab.editor);
  const graph = useAnalysis((all) => all[tab.id]?.inference.graph);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState('');
  const [renaming, rename] = useState<NodeId>();
  const elements = useRef(new Map<string, HTMLElement>()).current;
  const rows = useMemo(() => {
    return outlineRows(document, { order: graph?.order.map(({ id }) => id) ?? [], closed });
  }, [document, graph, closed]);
  const at = Math.max(
    0,
    rows.findIndex(({ kind, id }) => `${kind} ${id}` === current),
  );
  return {
    rows,
    at,
    move: (to) => {
      const row = rows[to];
      if (!row) return;
      const key = `${row.kind} ${row.id}`;
      setCurrent(key);
      elements.get(key)?.focus();
    },
    toggle: (group) => setClosed(toggled(closed, group)),
    renaming,
    rename: (id) => {
      rename(id);
      if (id === undefined) elements.get(current)?.focus();
    },
    elements,
  };
}

function toggled(closed: ReadonlySet<string>, group: string): ReadonlySet<string> {
  const next = new Set(closed);
  if (!next.delete(group)) next.add(group);
  return next;
}

/** Whether the key meant something here. */
function onTreeKey(tab: Tab, { rows, at, move, toggle, rename }: Tree, key: string): boolean {
  const row = rows[at];
  if (!row) return false;
  const next = rowForKey(rows, at, key);
  if (next !== undefined) {
    move(next);
    return true;
  }
  const isOpening = row.kind === 'group' && (key === 'Enter' || key === ' ' || key.startsWith('Arrow'));
  if (row.kind === 'group') {
    if (isOpening) toggle(row.id);
    return isOpening;
  }
  if (key === 'Enter') openInspectorOf(tab, row.id);
  else if (key === ' ') select(tab.id, { nodes: [row.id] });
  else if (key === 'F2') rename(row.id);
  else if (key === 'Delete' || key === 'Backspace') deleteFrom(tab, row.id);
  else {
    const found = key.length === 1 ? rowForLetter(rows, at, key) : undefined;
    if (found !== undefined) move(found);
    return found !== undefined;
  }
  return true;
}

interface RowProps {
  readonly tab: Tab;
  readonly row: OutlineRow;
  readonly tree: Tree;
  readonly isCurrent: boolean;
  readonly onCurrent: () => void;
}

function Row({ tab, row, tree, isCurrent, onCurrent }: RowProps) {
  const language = useLanguage();
  const isSelected = useSelection(tab.id).nodes.includes(row.id);
  const keep = (element: HTMLElement | null) => {
    if (element) tree.elements.set(`${row.kind} ${row.id}`, element);
    else tree.elements.delete(`${row.kind} ${row.id}`);
  };
  if (row.kind === 'group') {
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys of all its rows
      <div
        ref={keep}
        className="outline-group section-title"
        role="treeitem"
        aria-level={1}
        aria-expanded={row.isOpen}
        aria-selected={false}
        tabIndex={isCurrent ? 0 : -1}
        onClick={() => {
          onCurrent();
          tree.toggle(row.id);
        }}
      >
        <span aria-hidden="true">{row.isOpen ? '▾' : '▸'}</span> {row.title[language]}{' '}
        <span className="mono">{row.count}</span>
      </div>
    );
  }
  return (
    <OutlineNode
      ref={keep}
      tab={tab}
      row={row}
      isCurrent={isCurrent}
      isSelected={isSelected}
      isRenaming={tree.renaming === row.id}
      onCurrent={onCurrent}
      onRename={tree.rename}
    />
  );
}
