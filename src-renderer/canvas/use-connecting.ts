import type { Connection, FinalConnectionState, IsValidConnection, OnConnectStartParams } from '@xyflow/react';
import { useReactFlow } from '@xyflow/react';
import type { PortRef } from '../../src-shared/document/document';
import { connect } from '../../src-shared/document/edit-edges';
import { tell } from '../app/tell';
import { known } from '../commands/active';
import type { Tab } from '../store/workspace';
import { type OpenEnd, portKey, useCanvas } from './canvas-store';
import { fittingPorts } from './fitting-ports';
import type { FlowEdge } from './flow-edges';

interface Ends {
  readonly from: PortRef;
  readonly to: PortRef;
}

/** Drawing wires: what fits lights up, what does not is refused with its reason, and on empty canvas the search opens. */
export function useConnecting({ editor }: Tab) {
  const { screenToFlowPosition } = useReactFlow();
  return {
    onConnectStart: (_event: unknown, params: OnConnectStartParams) => {
      const end = openEnd(params);
      if (end) useCanvas.setState({ fitting: fittingPorts(editor.document, end, known), refusal: undefined });
    },
    isValidConnection,
    onConnect: (connection: Connection) => {
      const ends = endsOf(connection);
      const refused = ends && editor.edit('edge.add', (document) => connect(document, ends, known));
      if (refused) tell(refused);
    },
    onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      useCanvas.setState({ fitting: undefined });
      const { fromHandle, toHandle, isValid } = state;
      if (!fromHandle || isValid) return;
      const screen = pointerOf(event);
      if (toHandle && toHandle.nodeId !== fromHandle.nodeId) {
        refuse(endsBetween(fromHandle, toHandle), screen);
        return;
      }
      const end = openEnd({ nodeId: fromHandle.nodeId, handleId: fromHandle.id ?? null, handleType: fromHandle.type });
      const isOnEmpty = event.target instanceof Element && event.target.closest('.react-flow__pane');
      if (end && isOnEmpty) useCanvas.setState({ search: { screen, place: screenToFlowPosition(screen), end } });
    },
  };

  function refuse(ends: Ends | undefined, screen: { readonly x: number; readonly y: number }): void {
    const tried = ends && connect(editor.document, ends, known);
    if (ends && tried && 'severity' in tried) useCanvas.setState({ refusal: { ...ends, screen, problem: tried } });
  }
}

/** Asked for the port under the pointer: what fits was worked out when the drawing began. */
const isValidConnection: IsValidConnection<FlowEdge> = ({ source, sourceHandle, target, targetHandle }) => {
  const { fitting } = useCanvas.getState();
  const ends = [
    { node: target, port: targetHandle ?? '', side: 'input' },
    { node: source, port: sourceHandle ?? '', side: 'output' },
  ] as const;
  return ends.some((end) => fitting?.has(portKey(end)) === true);
};

function openEnd({ nodeId, handleId, handleType }: OnConnectStartParams): OpenEnd | undefined {
  if (nodeId === null || handleId === null) return undefined;
  return { node: nodeId, port: handleId, side: handleType === 'source' ? 'output' : 'input' };
}

function endsOf({ source, sourceHandle, target, targetHandle }: Connection): Ends | undefined {
  if (!sourceHandle || !targetHandle) return undefined;
  return { from: { node: source, port: sourceHandle }, to: { node: target, port: targetHandle } };
}

interface End {
  readonly nodeId: string;
  readonly id?: string | null;
  readonly type: 'source' | 'target';
}

/** Two outputs or two inputs make no wire. */
function endsBetween(a: End, b: End): Ends | undefined {
  if (a.type === b.type) return undefined;
  const [source, target] = a.type === 'source' ? [a, b] : [b, a];
  return endsOf({
    source: source.nodeId,
    sourceHandle: source.id ?? null,
    target: target.nodeId,
    targetHandle: target.id ?? null,
  });
}

function pointerOf(event: MouseEvent | TouchEvent): { readonly x: number; readonly y: number } {
  const { clientX, clientY } =
    'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
  return { x: clientX, y: clientY };
}
