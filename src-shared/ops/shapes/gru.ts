import type { RecurrentKind } from './recurrent';

export const gruKind: RecurrentKind = { op: 'gru', gates: 3, bias: (width) => [2, width] };

/** What the ops of a GRU compute at every step, in the order of their outputs. */
export const gruOutputs = ['y', 'z', 'r', 'hh', 'ih'] as const;

/** Three steps of two examples with four numbers each, for three units; a single step; and so many that they are a loop. */
export const gruSamples = [
  { x: { shape: [3, 2, 4], declared: [3, 'batch', 4] }, units: 3 },
  { x: { shape: [1, 2, 2], declared: [1, 'batch', 2] }, units: 2 },
  { x: { shape: [40, 2, 1], declared: [40, 'batch', 1] }, units: 1 },
].map(({ x, units }) => ({
  x,
  kernel: { shape: [x.shape[2] ?? 1, 3 * units] },
  recurrentKernel: { shape: [units, 3 * units] },
  bias: { shape: [2, 3 * units] },
}));
