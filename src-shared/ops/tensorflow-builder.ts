import type { Dim } from './dims';
import type { StateId } from './program';
import type { DType, TensorArray, TensorType } from './tensor';

/** An output of a GraphDef node: `name` or `name:1`, with the element type it has in this graph. */
export interface TensorflowTensor {
  readonly name: string;
  readonly dtype: DType;
  /** A TensorList of tensors with such elements. */
  readonly isList?: true;
}

/** Attributes of a NodeDef, tagged, since protobuf tells ints from floats. */
export type TensorflowAttribute =
  | { readonly type: DType | 'resource' }
  | { readonly types: readonly (DType | 'variant')[] }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly string: string }
  | { readonly shape: readonly Dim[] }
  | { readonly shapes: readonly (readonly Dim[])[] };

export interface TensorflowBuilder {
  /** True in graphs for numeric tests, where `float32` is double: a fused node that has no double kernel is composed. */
  readonly float64?: boolean;
  /** Whether the graph's readers know functions, and so `loop`. */
  readonly hasLoops: boolean;
  /**
   * Adds a node and returns its first output. Every dtype attribute must be written (`T`, `Tidx`, `Tshape` …).
   * In graphs for numeric tests `float32` is emitted as double everywhere.
   * @param options `dtype`: element type of the first output; by default that of the first input.
   */
  node(
    op: string,
    inputs: readonly (TensorflowTensor | StateHandle)[],
    options?: { readonly attrs?: Readonly<Record<string, TensorflowAttribute>>; readonly dtype?: DType },
  ): TensorflowTensor;
  /** Output number `index` of the node whose first output is `tensor`. */
  output(tensor: TensorflowTensor, index: number, dtype?: DType): TensorflowTensor;
  constant(
    values: readonly number[] | readonly string[] | TensorArray,
    dtype: DType,
    shape: readonly number[],
  ): TensorflowTensor;
  /** The value of a state: a read of the variable in native graphs, a constant in frozen ones. */
  read(state: StateId): TensorflowTensor;
  /** The variable itself, for effects; native graphs only. */
  handle(state: StateId): StateHandle;
  stateType(state: StateId): TensorType;
  /** The placeholder of a feed. */
  feed(name: string, type: TensorType): TensorflowTensor;
  /**
   * Repeats `body` so many times: it is given a count from 0 and `start`, later what it gave itself. Its builder adds
   * nodes to a function, which sees nothing but what it is given.
   */
  loop(
    times: number,
    start: readonly TensorflowTensor[],
    body: (
      b: TensorflowBuilder,
      count: TensorflowTensor,
      values: readonly TensorflowTensor[],
    ) => readonly TensorflowTensor[],
  ): readonly TensorflowTensor[];
  /** Marks the last node added as an effect: the entry's target. Ordered after every read of `states`. */
  effect(states: readonly StateId[]): void;
}

export interface StateHandle {
  readonly handle: StateId;
  readonly name: string;
}
