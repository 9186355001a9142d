import type { TensorData } from '../ops/tensor';

/** Whether no number in it is infinite or NaN. Whole numbers, texts and truth values are always finite. */
export function isFiniteTensor({ data }: TensorData): boolean {
  if (!(data instanceof Float32Array) && !(data instanceof Float64Array)) return true;
  // A sum of zeros for finite numbers, else NaN: without a test for each of millions of weights.
  let sum = 0;
  for (const value of data) sum += value * 0;
  return sum === 0;
}

/** Whether that is so of every tensor. */
export function isFiniteState(state: Readonly<Record<string, TensorData>>): boolean {
  return Object.values(state).every(isFiniteTensor);
}
