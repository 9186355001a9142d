/** The arithmetic that the step of a cell is written with, once for every runtime. Matrices are [batch, n]. */
export interface StepArithmetic<T> {
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
  /** The parts of a tensor along its first axis. */
  readonly unstack: (x: T, count: number) => readonly T[];
  readonly stack: (xs: readonly T[]) => T;
  /** [time, batch, size] as [time · batch, size]. */
  readonly flatten: (x: T, size: number) => T;
  readonly unflatten: (x: T, sizes: { readonly time: number; readonly size: number }) => T;
  /** A matrix summed over its rows. */
  readonly sumRows: (x: T) => T;
  /** 0 of the shape [batch, units] for a sequence [time, batch, n]. */
  readonly zeroState: (x: T, units: number) => T;
  /** A sequence [time, batch, n] one step later: 0 first, its last step left out. */
  readonly delay: (x: T, time: number) => T;
}

/** The arithmetic that recurrent layers are written with. */
export interface CellArithmetic<T> extends StepArithmetic<T> {
  readonly scan: Scan<T>;
}

/** Runs a cell over the steps of sequences; gives what it puts out at every step, each [time, batch, n]. */
export type Scan<T> = <S extends string, C extends string, W extends string, O extends string>(
  cell: Cell<T, S, C, W, O>,
) => Readonly<Record<O, T>>;

export interface Cell<T, S extends string, C extends string, W extends string, O extends string> {
  readonly time: number;
  /** From the last step to the first. */
  readonly reverse?: boolean;
  /** Each [time, batch, n]; a step sees its own matrix. */
  readonly sequences: Readonly<Record<S, T>>;
  /** What is handed from step to step, as it is before the first, each [batch, n]. */
  readonly state: Readonly<Record<C, T>>;
  /** The same at every step. */
  readonly weights: Readonly<Record<W, T>>;
  /** Names of what a step puts out. */
  readonly outputs: readonly O[];
  /** One step, in arithmetic of its own: a runtime may make a function of it. */
  readonly step: (
    m: StepArithmetic<T>,
    values: Readonly<Record<S | C | W, T>>,
  ) => { readonly state: Readonly<Record<C, T>>; readonly outputs: Readonly<Record<O, T>> };
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
export function sigmoidSlope<T>(m: StepArithmetic<T>, s: T): T {
  return m.multiply(s, m.complement(s));
}

/** d tanh/dx of t = tanh(x). */
export function tanhSlope<T>(m: StepArithmetic<T>, t: T): T {
  return m.complement(m.multiply(t, t));
}

/** `split` where the number of blocks is written out. */
export function blocks<T, const N extends readonly string[]>(
  m: StepArithmetic<T>,
  x: T,
  names: N,
): Readonly<Record<N[number], T>> {
  const parts = m.split(x, names.length);
  // A block for every name.
  return Object.fromEntries(names.map((name, i) => [name, parts[i]])) as Record<N[number], T>;
}
