import { Background, BackgroundVariant, ReactFlow, SelectionMode } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useState } from 'react';
import { useTranslate } from '../i18n/i18n';
import type { Tab } from '../store/workspace';
import { useCanvas } from './canvas-store';
import { ConnectionLine } from './connection-line';
import { fitting } from './fit';
import type { FlowEdge } from './flow-edges';
import type { FlowNode, Moved } from './flow-nodes';
import { GroupFrame } from './group-frame';
import { NodeCard } from './node-card';
import { NoteCard } from './note-card';
import { Overview } from './overview';
import { useCanvasView } from './use-canvas-view';
import { useConnecting } from './use-connecting';
import { useDragging } from './use-dragging';
import { useDropping } from './use-dropping';
import { useFlow } from './use-flow';
import { useFlowSelection } from './use-flow-selection';
import { useKeepFitted } from './use-keep-fitted';
import { usePointing } from './use-pointing';
import { Wire } from './wire';

const nodeTypes = { step: NodeCard, note: NoteCard, frame: GroupFrame };
const edgeTypes = { wire: Wire };
const grid: [number, number] = [8, 8];
/** Beyond this many nodes only those in sight are on the page. */
const many = 300;
const nothingMoved: Moved = new Map();
const multiKeys = ['Shift', 'Control', 'Meta'];

/** The graph itself: React Flow with what it draws and what it is told. */
export function Flow({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const [moved, setMoved] = useState<Moved>(nothingMoved);
  const flow = useFlow(tab, moved);
  const selecting = useFlowSelection(tab);
  const dragging = useDragging(tab, { ...flow, moved, setMoved });
  useCanvasView(tab, flow);
  useKeepFitted(tab, flow.boxes);
  // What is dropped on an empty canvas stays where it was dropped.
  const [beganFull] = useState(flow.nodes.length > 0);
  const isFixed = tab.readOnly !== undefined;
  return (
    <ReactFlow<FlowNode, FlowEdge>
      nodes={flow.nodes}
      edges={flow.edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      aria-label={t('canvas.canvas')}
      connectionLineComponent={ConnectionLine}
      connectionRadius={28}
      snapToGrid
      snapGrid={grid}
      minZoom={0.1}
      maxZoom={2.5}
      fitView={beganFull}
      fitViewOptions={fitting}
      selectionOnDrag
      selectionMode={SelectionMode.Partial}
      selectionKeyCode={null}
      multiSelectionKeyCode={multiKeys}
      deleteKeyCode={null}
      ariaLabelConfig={{
        'node.a11yDescription.default': t('canvas.helpNode'),
        'edge.a11yDescription.default': t('canvas.helpWire'),
        'minimap.ariaLabel': t('canvas.minimap'),
      }}
      panOnDrag={[1]}
      panOnScroll
      zoomOnDoubleClick={false}
      nodesConnectable={!isFixed}
      elevateNodesOnSelect
      onlyRenderVisibleElements={flow.nodes.length > many}
      {...selecting}
      {...dragging}
      {...useConnecting(tab)}
      {...useDropping(tab, flow)}
      {...usePointing(tab)}
      onMoveStart={(event) => {
        if (event) useCanvas.setState({ isFitted: false });
      }}
      onNodesChange={(changes) => {
        selecting.onNodesChange(changes);
        dragging.onNodesChange(changes);
      }}
    >
      <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--dot)" />
      <Overview nodes={flow.nodes} />
    </ReactFlow>
  );
}
