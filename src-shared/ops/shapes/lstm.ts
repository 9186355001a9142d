import type { RecurrentKind } from './recurrent';

export const lstmKind: RecurrentKind = { op: 'lstm', gates: 4, bias: (width) => [width] };

/** What the ops of an LSTM compute at every step, in the order of their outputs. */
export const lstmOutputs = ['y', 'i', 'c', 'f', 'o', 'ci', 'co'] as const;

/** Three steps of two examples with four numbers each, for three units; and a single step. */
export const lstmSamples = [
  { x: { shape: [3, 2, 4], declared: [3, 'batch', 4] }, units: 3 },
  { x: { shape: [1, 2, 2], declared: [1, 'batch', 2] }, units: 2 },
].map(({ x, units }) => ({
  x,
  kernel: { shape: [x.shape[2] ?? 1, 4 * units] },
  recurrentKernel: { shape: [units, 4 * units] },
  bias: { shape: [4 * units] },
}));
