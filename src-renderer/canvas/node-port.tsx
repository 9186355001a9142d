import { Handle, Position } from '@xyflow/react';
import type { CSSProperties, PointerEvent } from 'react';
import { portKey, useCanvas } from './canvas-store';
import type { FacePort, NodeFace } from './node-face';
import { portOffset } from './node-size';
import { leavePort, restOnPort } from './port-hint';

interface Props {
  readonly node: string;
  readonly face: NodeFace;
  readonly port: FacePort;
  readonly side: 'input' | 'output';
  readonly index: number;
}

/** A port: a ring on the node's edge, and a larger place around it that takes the pointer. */
export function NodePort({ node, face, port, side, index }: Props) {
  const end = { node, port: port.name, side };
  const fits = useCanvas(({ fitting }) =>
    fitting === undefined ? undefined : fitting.has(portKey(end)) ? 'yes' : 'no',
  );
  const colour = port.wire ? `var(--wire-${port.wire})` : 'var(--muted)';
  // What a colour is called is known to the style sheet alone.
  const style = { top: portOffset(index, face.isCollapsed) - 1, '--port': colour } as CSSProperties;
  return (
    <Handle
      id={port.name}
      type={side === 'input' ? 'target' : 'source'}
      position={side === 'input' ? Position.Left : Position.Right}
      className="node-port"
      style={style}
      data-testid={`port-${face.name}-${side === 'input' ? 'in' : 'out'}-${port.name}`}
      data-wire={port.wire}
      data-connected={port.isConnected || undefined}
      data-missing={port.isMissing || undefined}
      data-many={(side === 'input' && port.isMany) || undefined}
      data-fits={fits}
      onPointerEnter={({ currentTarget, buttons }: PointerEvent<HTMLDivElement>) => {
        if (buttons === 0) restOnPort(end, currentTarget);
      }}
      onPointerLeave={leavePort}
      onPointerDown={leavePort}
    />
  );
}
