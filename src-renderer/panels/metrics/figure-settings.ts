import { create } from 'zustand';

/** How curves are shown; of the window, not of a document. */
export const useFigures = create(() => ({ smoothing: 0.6, isLog: false }));
