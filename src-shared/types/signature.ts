import type { TensorType } from '../ops/tensor';

/** What an agent may do: one of several acts, or numbers between limits. */
export type ActionSpace =
  | { readonly kind: 'discrete'; readonly actions: readonly string[] }
  | { readonly kind: 'box'; readonly low: readonly number[]; readonly high: readonly number[] };

/**
 * What the numbers of an output mean. `classes`: a probability for each class, or of the second of two where there is
 * one column. `labels`: several may hold at once. `classMap`: classes for every pixel. `number`: in the target's own
 * units. `vector`: numbers that belong together, such as an embedding or a reconstruction. `cluster`: the number of a
 * group. `score`: how unusual a row is. `quantiles`: a number for each share of cases below it.
 */
export type Meaning =
  | { readonly kind: 'classes' | 'classMap' | 'labels'; readonly classes: readonly string[] }
  | { readonly kind: 'number' | 'vector' | 'cluster' | 'score' | 'quantiles' }
  | { readonly kind: 'action'; readonly space: ActionSpace };

export interface InputField {
  readonly name: string;
  readonly type: TensorType;
}

export interface OutputField {
  readonly name: string;
  /** `[batch, …]`. */
  readonly type: TensorType;
  readonly means: Meaning;
  /** The column that it was trained to predict, where there is one. */
  readonly target?: string;
}

/** What goes into a model and what comes out: raw columns in, named outputs with their meaning out. */
export interface Signature {
  readonly inputs: readonly InputField[];
  readonly outputs: readonly OutputField[];
}

/** The names of the classes; undefined for an output that is not about classes. */
export function classesOf({ means }: Pick<OutputField, 'means'>): readonly string[] | undefined {
  return 'classes' in means ? means.classes : undefined;
}

/** Numbers a row of an output has. */
export function widthOf({ type }: Pick<OutputField, 'type'>): number {
  return type.shape.slice(1).reduce<number>((product, size) => product * Number(size), 1);
}
