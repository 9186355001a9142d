import type { NodeId } from '../../src-shared/document/document';
import { removeNodes } from '../../src-shared/document/edit-nodes';
import { canvasView } from '../store/canvas-view';
import { openDialog, select, useUi } from '../store/ui';
import type { Tab } from '../store/workspace';

/** What the outline does with a node: the same edits and places as the canvas. */

export function openInspectorOf(tab: Tab, id: NodeId): void {
  select(tab.id, { nodes: [id] });
  useUi.setState({ isInspectorOpen: true });
}

export function deleteFrom({ id: document, editor, readOnly }: Tab, id: NodeId): void {
  if (readOnly) return;
  editor.edit('edit.delete', (before) => removeNodes(before, [id]));
  select(document, {});
}

export function connectFrom(tab: Tab, id: NodeId): void {
  select(tab.id, { nodes: [id] });
  openDialog('connect');
}

export function showOnCanvas(tab: Tab, id: NodeId): void {
  select(tab.id, { nodes: [id] });
  canvasView()?.reveal(id);
  canvasView()?.focus();
}

/** The search for a node; what is chosen stands behind this one. */
export function addAfter(tab: Tab, id: NodeId): void {
  select(tab.id, { nodes: [id] });
  canvasView()?.reveal(id);
  canvasView()?.openAddSearch();
}
