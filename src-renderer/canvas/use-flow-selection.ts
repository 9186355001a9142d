import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useCallback } from 'react';
import { type Selection, select, selectionOf } from '../store/ui';
import type { Tab } from '../store/workspace';
import type { FlowEdge } from './flow-edges';
import { type FlowNode, ownId } from './flow-nodes';

interface Change {
  readonly id: string;
  readonly selected: boolean;
}

/** What React Flow selects goes into the store, where everything else finds it. */
export function useFlowSelection({ id }: Tab) {
  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const picked = changes.filter((change) => change.type === 'select');
      if (picked.length === 0) return;
      const before = selectionOf(id);
      const isNote = (change: Change) => change.id.startsWith('note:');
      update(id, {
        ...before,
        nodes: applied(
          before.nodes,
          picked.filter((change) => !isNote(change)),
        ),
        notes: applied(
          before.notes,
          picked.filter(isNote).map((change) => ({ ...change, id: ownId(change.id) })),
        ),
      });
    },
    [id],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => {
      const picked = changes.filter((change) => change.type === 'select');
      const before = selectionOf(id);
      if (picked.length > 0) update(id, { ...before, edges: applied(before.edges, picked) });
    },
    [id],
  );
  return { onNodesChange, onEdgesChange };
}

function update(id: string, selection: Selection): void {
  const before = selectionOf(id);
  const isSame =
    selection.nodes === before.nodes && selection.edges === before.edges && selection.notes === before.notes;
  if (!isSame) select(id, selection);
}

/** The same list where nothing changes. */
function applied(ids: readonly string[], changes: readonly Change[]): readonly string[] {
  const next = new Set(ids);
  for (const { id, selected } of changes) {
    if (selected) next.add(id);
    else next.delete(id);
  }
  return next.size === ids.length && ids.every((id) => next.has(id)) ? ids : [...next];
}
