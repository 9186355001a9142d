import { BaseEdge, EdgeLabelRenderer, type EdgeProps, useStore } from '@xyflow/react';
import { type CSSProperties, memo, useState } from 'react';
import { useLanguage } from '../i18n/i18n';
import { typeLines } from '../inspector/type-words';
import { useCanvas } from './canvas-store';
import type { FlowEdge } from './flow-edges';
import './wire.css';

/** From this zoom on, what wires carry is written on long ones. */
const labelZoom = 1.4;
const longEnough = 200;

/** A wire in the colour of what it carries. */
export const Wire = memo(function Wire({ id, data, selected }: EdgeProps<FlowEdge>) {
  const language = useLanguage();
  const [isHovered, setHovered] = useState(false);
  const isUnder = useCanvas(({ under }) => under === id);
  const isNear = useStore(({ transform }) => transform[2] >= labelZoom);
  if (!data) return null;
  const { route, wire, type, isWrong, isOff, isAlone } = data;
  const colour = isWrong ? 'var(--error)' : wire ? `var(--wire-${wire})` : 'var(--muted)';
  const isLabelled = type !== undefined && (isHovered || (isNear && lengthOf(route.points) > longEnough));
  return (
    <g
      className="wire"
      data-testid={`wire-${id}`}
      data-selected={selected || undefined}
      data-under={isUnder || undefined}
      data-wrong={isWrong || undefined}
      data-off={isOff || undefined}
      // What a colour is called is known to the style sheet alone.
      style={{ '--wire': colour } as CSSProperties}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      {isAlone || selected ? <path className="wire-halo" d={route.path} /> : null}
      <BaseEdge path={route.path} interactionWidth={16} />
      {isLabelled ? (
        <EdgeLabelRenderer>
          <div
            className="wire-label mono"
            style={{ transform: `translate(-50%, -100%) translate(${route.middle.x}px, ${route.middle.y - 8}px)` }}
          >
            {typeLines(type, language).slice(0, 1)}
          </div>
        </EdgeLabelRenderer>
      ) : null}
    </g>
  );
});

function lengthOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  return points.reduce((sum, point, index) => {
    const before = points[index - 1] ?? point;
    return sum + Math.abs(point.x - before.x) + Math.abs(point.y - before.y);
  }, 0);
}
