import { MiniMap, useStore } from '@xyflow/react';
import { memo } from 'react';
import { groupOf } from '../../src-shared/nodes/groups';
import { useTranslate } from '../i18n/i18n';
import type { FlowNode } from './flow-nodes';

/** A small map, only while something lies out of sight. */
export const Overview = memo(function Overview({ nodes }: { readonly nodes: readonly FlowNode[] }) {
  const t = useTranslate();
  const isNeeded = useStore(({ transform: [x, y, zoom], width, height }) =>
    nodes.some(({ position, width: w = 0, height: h = 0, type }) => {
      if (type !== 'step') return false;
      const [left, top] = [position.x * zoom + x, position.y * zoom + y];
      return left < 0 || top < 0 || left + w * zoom > width || top + h * zoom > height;
    }),
  );
  if (!isNeeded) return null;
  return (
    <MiniMap<FlowNode>
      ariaLabel={t('canvas.minimap')}
      pannable
      zoomable
      nodeColor={nodeColour}
      nodeStrokeWidth={0}
      nodeBorderRadius={6}
      maskColor="var(--canvas-mask)"
      bgColor="var(--panel)"
      className="canvas-overview"
      style={{ width: 160, height: 104 }}
    />
  );
});

function nodeColour(node: FlowNode): string {
  if (node.type === 'note') return 'var(--warn-soft)';
  return node.type === 'step' ? `var(--group-${groupOf(node.data.face.kind)}, var(--muted))` : 'transparent';
}
