import { Box, ChartLine, CircleDashed, Database, Grid3x3, Layers, ListFilter, Upload } from 'lucide-react';
import type { ComponentType } from 'react';
import { groupOf } from '../../src-shared/nodes/groups';

const icons: Readonly<Record<string, ComponentType<{ size: number; strokeWidth: number; 'aria-hidden': true }>>> = {
  data: Database,
  prepare: ListFilter,
  layer: Layers,
  train: ChartLine,
  model: Box,
  evaluate: Grid3x3,
  deploy: Upload,
};

/** The sign of a node's group, in the group's colour. */
export function GroupIcon({ kind, size = 16 }: { readonly kind: string; readonly size?: number }) {
  const group = groupOf(kind);
  const Icon = Object.hasOwn(icons, group) ? icons[group] : undefined;
  const Shown = Icon ?? CircleDashed;
  return (
    <span className="group-icon" style={{ color: Icon ? `var(--group-${group})` : 'var(--muted)' }}>
      <Shown size={size} strokeWidth={1.75} aria-hidden />
    </span>
  );
}
