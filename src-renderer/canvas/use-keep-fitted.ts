import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Boxes } from '../../src-shared/document/arrange';
import { useRun } from '../store/runs';
import type { Tab } from '../store/workspace';
import { useCanvas } from './canvas-store';
import { fitting } from './fit';

/** Nodes grow while they run: a view of everything stays one, unless somebody has moved it. */
export function useKeepFitted(tab: Tab, boxes: Boxes): void {
  const { fitView } = useReactFlow();
  const isRunning = useRun(tab.id).phase !== 'idle';
  const all = Object.values(boxes);
  const size = `${Math.max(...all.map(({ x, width }) => x + width))} ${Math.max(...all.map(({ y, height }) => y + height))}`;
  const before = useRef(size);
  useEffect(() => {
    const hasGrown = before.current !== size;
    before.current = size;
    if (hasGrown && isRunning && useCanvas.getState().isFitted) void fitView({ ...fitting, duration: 180 });
  }, [size, isRunning, fitView]);
}
