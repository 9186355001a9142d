import { useEffect, useMemo, useRef, useState } from 'react';
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
        <Row key={keyOf(row)} tab={tab} row={row} tree={tree} isCurrent={index === at} onCurrent={() => move(index)} />
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
  const [current, setCurrent] = useState({ key: '', index: 0 });
  const [renaming, rename] = useState<NodeId>();
  const elements = useRef(new Map<string, HTMLElement>()).current;
  const rows = useMemo(() => {
    return outlineRows(document, { order: graph?.order.map(({ id }) => id) ?? [], closed });
  }, [document, graph, closed]);
  const found = rows.findIndex((row) => keyOf(row) === current.key);
  const at = found >= 0 ? found : Math.max(0, Math.min(current.index, rows.length - 1));
  useFocusAfterRemoval(elements, found < 0 && current.key !== '' ? keyOf(rows[at]) : undefined);
  return {
    rows,
    at,
    move: (to) => {
      const row = rows[to];
      if (!row) return;
      setCurrent({ key: keyOf(row), index: to });
      elements.get(keyOf(row))?.focus();
      // What has the focus is what commands work on.
      if (row.kind === 'node') select(tab.id, { nodes: [row.id] });
    },
    toggle: (group) => setClosed(toggled(closed, group)),
    renaming,
    rename: (id) => {
      rename(id);
      if (id === undefined) elements.get(current.key)?.focus();
    },
    elements,
  };
}

function keyOf(row: OutlineRow | undefined): string {
  return row ? `${row.kind} ${row.id}` : '';
}

/** A row that is deleted takes the focus with it: the next one gets it. */
function useFocusAfterRemoval(elements: ReadonlyMap<string, HTMLElement>, next: string | undefined): void {
  useEffect(() => {
    if (next !== undefined && document.activeElement === document.body) elements.get(next)?.focus();
  }, [elements, next]);
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
    if (element) tree.elements.set(keyOf(row), element);
    else tree.elements.delete(keyOf(row));
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
