import { useReactFlow } from '@xyflow/react';
import type { MouseEvent } from 'react';
import { useUi } from '../store/ui';
import type { Tab } from '../store/workspace';
import { useCanvas } from './canvas-store';
import type { FlowNode } from './flow-nodes';
import { notePointer } from './pointer';

/** Double clicks: on empty canvas the search, on a title its name, on a node its parameters. */
export function usePointing(tab: Tab) {
  const { screenToFlowPosition } = useReactFlow();
  return {
    onPointerMove: notePointer,
    onDoubleClick: (event: MouseEvent) => {
      const isEmpty = event.target instanceof Element && event.target.classList.contains('react-flow__pane');
      if (!isEmpty || tab.readOnly) return;
      const screen = { x: event.clientX, y: event.clientY };
      useCanvas.setState({ search: { screen, place: screenToFlowPosition(screen) } });
    },
    onNodeDoubleClick: (event: MouseEvent, { id, type }: FlowNode) => {
      if (type !== 'step') return;
      const isTitle = event.target instanceof Element && event.target.closest('.node-title, .node-name');
      if (isTitle && tab.readOnly === undefined) useCanvas.setState({ renaming: id });
      else useUi.setState({ isInspectorOpen: true, isFocused: false });
    },
  };
}
