import type { NodeId, YardDocument } from '../../src-shared/document/document';
import { lookupNode, nodes } from '../../src-shared/nodes/catalog';
import { isProblem, type Problem } from '../../src-shared/problem';
import { tell } from '../app/tell';
import type { Edit } from '../store/editor';
import { type Selection, selectionOf } from '../store/ui';
import { activeTab, type Tab } from '../store/workspace';

/** What commands work on: the document in front and what is selected in it. */
export interface Active {
  readonly tab: Tab;
  readonly document: YardDocument;
  readonly selection: Selection;
}

/** Catalogues for edits that ask them. */
export const known = { lookup: lookupNode, nodes };

export function active(): Active | undefined {
  const tab = activeTab();
  if (!tab) return undefined;
  const { document } = tab.editor;
  const { nodes: picked, edges, notes } = selectionOf(tab.id);
  // What undo took away may still be selected.
  return {
    tab,
    document,
    selection: {
      nodes: picked.filter((id) => Object.hasOwn(document.nodes, id)),
      edges: edges.filter((id) => Object.hasOwn(document.edges, id)),
      notes: notes.filter((id) => Object.hasOwn(document.notes, id)),
    },
  };
}

export function hasDocument(): boolean {
  return activeTab() !== undefined;
}

export function pickedNodes(): readonly NodeId[] {
  return active()?.selection.nodes ?? [];
}

export function hasNodes(least = 1): boolean {
  return pickedNodes().length >= least;
}

export function hasSelection(): boolean {
  const selection = active()?.selection;
  return selection !== undefined && Object.values(selection).some((ids) => ids.length > 0);
}

/** Makes an edit of the document in front; a refusal is told. */
export function editActive(label: string, edit: Edit): Problem | undefined {
  const found = activeTab()?.editor.edit(label, edit);
  if (found) tell(found);
  return found;
}

/** For edits that also say what they made: it is handed to `then`. */
export function editAndSelect<R extends { readonly document: YardDocument }>(
  label: string,
  edit: (document: YardDocument) => R | Problem,
  then: (tab: Tab, made: R) => void,
): void {
  const tab = activeTab();
  let made: R | undefined;
  const refused = editActive(label, (document) => {
    const result = edit(document);
    if (isProblem(result)) return result;
    made = result;
    return result.document;
  });
  if (tab && made && !refused) then(tab, made);
}
