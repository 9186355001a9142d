import type { RecurrentKind } from './recurrent';

export const lstmKind: RecurrentKind = { op: 'lstm', gates: 4, bias: (width) => [width] };

/** What the ops of an LSTM compute at every step, in the order of their outputs. */
export const lstmOutputs = ['y', 'i', 'c', 'f', 'o', 'ci', 'co'] as const;

/** Three steps of two examples with four numbers each, for three units; a single step; and so many that they are a loop. */
export const lstmSamples = [
  { x: { shape: [3, 2, 4], declared: [3, 'batch', 4] }, units: 3 },
  { x: { shape: [1, 2, 2], declared: [1, 'batch', 2] }, units: 2 },
  { x: { shape: [40, 2, 1], declared: [40, 'batch', 1] }, units: 1 },
].map(({ x, units }) => ({
  x,
  kernel: { shape: [x.shape[2] ?? 1, 4 * units] },
  recurrentKernel: { shape: [units, 4 * units] },
  bias: { shape: [4 * units] },
}));
