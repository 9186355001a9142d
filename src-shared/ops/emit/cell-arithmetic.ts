/** The arithmetic that recurrent cells are written with, once for every runtime. Matrices are [batch, n]. */
export interface CellArithmetic<T> {
  readonly add: (a: T, b: T) => T;
  readonly subtract: (a: T, b: T) => T;
  readonly multiply: (a: T, b: T) => T;
  readonly sigmoid: (x: T) => T;
  readonly tanh: (x: T) => T;
  /** 1 − x. */
  readonly complement: (x: T) => T;
  readonly matMul: (a: T, b: T, transposed?: { readonly a?: boolean; readonly b?: boolean }) => T;
  /** Equal blocks along the last axis. */
  readonly split: (x: T, count: number) => readonly T[];
  /** Side by side along the last axis. */
  readonly join: (xs: readonly T[]) => T;
  /** The matrices of a [time, batch, n] tensor. */
  readonly unstack: (x: T, time: number) => readonly T[];
  readonly stack: (xs: readonly T[]) => T;
  /** [time, batch, size] as [time · batch, size]. */
  readonly flatten: (x: T, size: number) => T;
  readonly unflatten: (x: T, sizes: { readonly time: number; readonly size: number }) => T;
  /** A matrix summed over its rows. */
  readonly sumRows: (x: T) => T;
  readonly zerosLike: (x: T) => T;
}

export interface SequenceSizes {
  readonly time: number;
  /** Numbers per time step that come in. */
  readonly size: number;
  readonly units: number;
}

/** Gradients of a recurrent op's sequence and weights. */
export interface RecurrentGradients<T> {
  readonly dx: T;
  readonly dKernel: T;
  readonly dRecurrentKernel: T;
  readonly dBias: T;
}

/** dσ/dx of s = σ(x). */
export function sigmoidSlope<T>(m: CellArithmetic<T>, s: T): T {
  return m.multiply(s, m.complement(s));
}

/** d tanh/dx of t = tanh(x). */
export function tanhSlope<T>(m: CellArithmetic<T>, t: T): T {
  return m.complement(m.multiply(t, t));
}

/** The element of a list that was made with one for every time step. */
export function at<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new Error(`There is no step ${index} of ${values.length}.`);
  return value;
}

/** The states before each step, 0 before the first, as one [time · batch, units] matrix. */
export function previousStates<T>(m: CellArithmetic<T>, states: readonly T[], units: number): T {
  const before = [m.zerosLike(at(states, 0)), ...states.slice(0, -1)];
  return m.flatten(m.stack(before), units);
}
