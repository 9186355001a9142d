import type * as tfjs from '@tensorflow/tfjs-core';
import type { Problem } from '../problem';
import type { Dim } from './dims';
import type { OnnxBuilder, OnnxTensor } from './onnx-builder';
import type { Attributes, Phase, StateId, Value } from './program';
import type { ProgramBuilder } from './program-builder';
import type { TensorType } from './tensor';
import type { TensorflowBuilder, TensorflowTensor } from './tensorflow-builder';

/**
 * Inputs and outputs are declared by name: `'x'`, `'bias?'` (optional), `'xs[]'` (variadic). Functions of an op
 * receive them keyed by the bare name. `In<I, T>` is that record.
 */
type Bare<S extends string> = S extends `${infer N}?` ? N : S extends `${infer N}[]` ? N : S;
type Plain<S extends string> = S extends `${string}?` | `${string}[]` ? never : S;
type Optional<S extends string> = S extends `${string}?` ? S : never;
type Variadic<S extends string> = S extends `${string}[]` ? S : never;

export type In<I extends string, T> = { readonly [K in Plain<I>]: T } & {
  readonly [K in Optional<I> as Bare<K>]?: T;
} & { readonly [K in Variadic<I> as Bare<K>]: readonly T[] };

export type Out<O extends string, T> = { readonly [K in O]: T };

/** What an exporter or a runner offers beside its builder. */
export interface EmitContext<O extends string, A extends Attributes, I extends string = string> {
  readonly attrs: A;
  /** Types of the inputs as the program knows them: a kernel's size, a rank. */
  readonly inputTypes: In<I, TensorType>;
  /** `native` for our runners, `frozen` for SavedModel, `tfjsGraph` for what tfjs' converter understands. */
  readonly target: 'native' | 'frozen' | 'tfjsGraph';
  /** Inferred types of the outputs, so that a builder needs no shape arithmetic. */
  readonly outputs: Out<O, TensorType>;
}

export interface TfjsContext<O extends string, A extends Attributes> {
  readonly attrs: A;
  readonly outputs: Out<O, TensorType>;
  readonly state: TfjsState;
  /** The value fed under this name; only the op `feed` asks for it. */
  readonly feed: (name: string) => tfjs.Tensor;
}

/** Session state of the portable runner. */
export interface TfjsState {
  read(id: StateId): tfjs.Tensor;
  write(id: StateId, value: tfjs.Tensor): void;
}

export interface GradientContext<O extends string, A extends Attributes> {
  readonly attrs: A;
  readonly outputs: Out<O, Value>;
  /** Missing where an output is not used. */
  readonly dOutputs: Partial<Out<O, Value>>;
}

export interface LowerContext<A extends Attributes> {
  readonly attrs: A;
  readonly phase: Phase;
  /** False where the layer is frozen: a frozen batch norm runs as in inference. */
  readonly trainable: boolean;
  /** A scalar int32 that counts optimizer steps; randomness is keyed by it. */
  readonly stepCounter?: Value;
}

/** Where the batch lies: its axis in the first input that has one, which has `rank` axes, and in the outputs. */
export interface BatchPlace {
  readonly axis: number;
  readonly rank: number;
  readonly output: number;
}

/** One example on which the catalogue test proves the op. */
export interface Sample {
  readonly inputs: Readonly<Record<string, SampleTensor | readonly SampleTensor[]>>;
  readonly attrs?: Attributes;
  /** The outputs whose values are the same everywhere; by default all of them. */
  readonly comparable?: readonly string[];
}

export interface SampleTensor {
  readonly dtype?: TensorType['dtype'];
  readonly shape: readonly number[];
  /** The shape as a program declares it, `['batch', 4]`; by default the numbers. */
  readonly declared?: readonly Dim[];
  /** `normal`: N(0,1)/√fan-in; `positive`: |N|+0.5; `distinct`: a shuffled ramp, without ties; or the values. */
  readonly fill?: 'normal' | 'positive' | 'distinct' | 'uniform' | readonly number[] | readonly string[];
}

export interface Cost {
  /** Multiplications and additions, counted separately, as a dimension expression over `batch`. */
  readonly flops: Dim;
  /** Bytes that the native kernel takes for itself while it runs, beside inputs and outputs, over `batch`. */
  readonly scratch?: Dim;
}

export interface OpDefinition<I extends string = string, O extends string = string, A extends Attributes = Attributes> {
  readonly name: string;
  readonly inputs: readonly I[];
  readonly outputs: readonly O[];
  /** True where running the op changes state: it may only be an entry's target. */
  readonly effect?: true;
  /** Output types, or a problem in words when the inputs contradict each other. */
  readonly inferShape: (inputs: In<I, TensorType>, attrs: A) => Out<O, TensorType> | Problem;
  /**
   * Gradients of the inputs given those of the outputs. Inputs that are left out have no gradient.
   * Absent: the op cannot be differentiated.
   */
  readonly gradient?: (
    g: ProgramBuilder,
    inputs: In<I, Value>,
    context: GradientContext<O, A>,
  ) => Partial<Record<string, Value | readonly Value[]>>;
  /** Over how many numbers each of its statistics of a batch is taken in training, over `batch`. */
  readonly examplesPerStatistic?: (inputs: In<I, TensorType>) => Dim;
  readonly cost?: (inputs: In<I, TensorType>, outputs: Out<O, TensorType>, attrs: A) => Cost;
  /**
   * Each example of a batch in the outputs depends on the same one in the inputs alone, so that a batch may be computed
   * in parts. Asked only where the inputs that have a batch, and all outputs, have it on one axis; `true` stands for
   * those with as many rows of that axis to an example.
   */
  readonly eachRow?: true | ((place: BatchPlace, attrs: A) => boolean);
  /**
   * For ops whose meaning depends on the phase (`dropout`, `batchNorm`) or that are shorthand for others: the
   * lowering pass replaces the step by what this returns, and the three builders are not needed.
   */
  readonly lower?: (b: ProgramBuilder, inputs: In<I, Value>, context: LowerContext<A>) => Out<O, Value>;
  readonly tensorflow?: (
    b: TensorflowBuilder,
    inputs: In<I, TensorflowTensor>,
    context: EmitContext<O, A, I>,
  ) => Partial<Out<O, TensorflowTensor>>;
  readonly onnx?:
    | 'training only'
    | ((b: OnnxBuilder, inputs: In<I, OnnxTensor>, context: EmitContext<O, A, I>) => Out<O, OnnxTensor>);
  readonly tfjs?:
    | 'native only'
    | ((tf: typeof tfjs, inputs: In<I, tfjs.Tensor>, context: TfjsContext<O, A>) => Partial<Out<O, tfjs.Tensor>>);
  /**
   * The same on doubles, for ops that work element by element (with broadcasting): inputs in their declared order, truth
   * as 0 and 1. A host computes with it what a runtime without float64 cannot (`compile/passes/cut-doubles.ts`).
   */
  readonly inDouble?: (...numbers: number[]) => number;
  readonly samples: readonly Sample[];
}

/**
 * Declares an op. Everything that it means stands in the one call: `docs/add-an-op.md`.
 * The result is widened, so that a catalogue is a plain list and walkers need no type arguments.
 */
export function defineOp<const I extends string, const O extends string, A extends Attributes = Attributes>(
  definition: OpDefinition<I, O, A>,
): OpDefinition {
  // The catalogue erases the names of inputs; `checkStep` in the builder proves at run time what types proved here.
  return definition as unknown as OpDefinition;
}

/** The declared inputs of an op, parsed once. */
export interface InputSpec {
  readonly name: string;
  readonly optional: boolean;
  readonly variadic: boolean;
}

export function inputSpecs(definition: OpDefinition): InputSpec[] {
  return definition.inputs.map((text) => ({
    name: text.replace(/(\?|\[\])$/, ''),
    optional: text.endsWith('?'),
    variadic: text.endsWith('[]'),
  }));
}
