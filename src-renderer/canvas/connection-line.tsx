import type { ConnectionLineComponentProps } from '@xyflow/react';
import type { CSSProperties } from 'react';
import { useCanvas } from './canvas-store';
import type { FlowNode, StepNode } from './flow-nodes';

/** The wire while it is drawn: from the port to the pointer. */
export function ConnectionLine(props: ConnectionLineComponentProps<FlowNode>) {
  const { fromNode, fromHandle, fromX, fromY, toX, toY, connectionStatus } = props;
  const isDrawing = useCanvas(({ fitting }) => fitting !== undefined);
  const isSource = fromHandle.type === 'source';
  const wire = portWire(fromNode.internals.userNode, fromHandle);
  // Handles are hit around their ring; the wire begins in its middle.
  const startX = fromX + (isSource ? -12 : 12);
  const reach = Math.max(24, Math.abs(toX - startX) / 2) * (isSource ? 1 : -1);
  if (!isDrawing) return null;
  return (
    <path
      className="wire-drawn"
      data-status={connectionStatus ?? undefined}
      style={{ '--wire': wire ? `var(--wire-${wire})` : 'var(--muted)' } as CSSProperties}
      d={`M${startX},${fromY} C${startX + reach},${fromY} ${toX - reach},${toY} ${toX},${toY}`}
    />
  );
}

function portWire(node: FlowNode, handle: { readonly id?: string | null; readonly type: 'source' | 'target' }) {
  if (node.type !== 'step') return undefined;
  const { face }: StepNode['data'] = node.data;
  const ports = handle.type === 'source' ? face.outputs : face.inputs;
  return ports.find(({ name }) => name === handle.id)?.wire;
}
