import { type Dim, floorDivideDim, multiplyDims, subtractDims } from '../dims';

/** Where a batch lies: its axis, and how many rows of that axis belong to one example. */
export type BatchAxis = { readonly axis: number; readonly each: number };

/** Half of the examples of an axis, rounded down, and the others. */
export function halves(size: Dim, each: number): [Dim, Dim] {
  const first = multiplyDims(each, floorDivideDim(floorDivideDim(size, each), 2));
  return [first, subtractDims(size, first)];
}

/**
 * How many of so many rows are the first half's, and how many rows its tensor has: one example at least, which a batch
 * of one then has twice. Kernels for convolutions do not know tensors without examples.
 */
export function rowsOfFirst(size: number, each: number): { readonly own: number; readonly kept: number } {
  const examples = Math.floor(size / each);
  const half = Math.floor(examples / 2);
  return { own: each * half, kept: each * Math.max(half, Math.min(examples, 1)) };
}

export function replaceAxis<T extends Dim>(shape: readonly T[], axis: number, size: T): T[] {
  return shape.map((dim, i) => (i === axis ? size : dim));
}
