import { create } from 'zustand';
import type { XAxis } from './x-axis';

interface FigureSettings {
  readonly smoothing: number;
  readonly isLog: boolean;
  readonly axis: XAxis;
}

/** How curves are shown; of the window, not of a document. */
export const useFigures = create<FigureSettings>(() => ({ smoothing: 0.6, isLog: false, axis: 'step' }));
