import type { StateId } from './program';
import type { DType, TensorArray, TensorType } from './tensor';

export interface OnnxTensor {
  readonly name: string;
  readonly dtype: DType;
}

export type OnnxAttribute =
  | { readonly i: number }
  | { readonly f: number }
  | { readonly s: string }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly strings: readonly string[] }
  | {
      readonly t: {
        readonly dtype: DType;
        readonly shape: readonly number[];
        readonly data: TensorArray | readonly number[];
      };
    };

export interface OnnxBuilder {
  /**
   * Adds a node (opset 17, or `ai.onnx.ml` 3 where `domain` says so) and returns its first output.
   * @param options `dtype`: element type of the first output; by default that of the first input. A missing optional input is `null`.
   */
  node(
    opType: string,
    inputs: readonly (OnnxTensor | null)[],
    options?: {
      readonly attrs?: Readonly<Record<string, OnnxAttribute>>;
      readonly dtype?: DType;
      readonly domain?: 'ai.onnx.ml';
      readonly outputs?: number;
    },
  ): OnnxTensor;
  output(tensor: OnnxTensor, index: number, dtype?: DType): OnnxTensor;
  constant(
    values: readonly number[] | readonly string[] | TensorArray,
    dtype: DType,
    shape: readonly number[],
  ): OnnxTensor;
  /** The value of a state, as an initializer. */
  read(state: StateId): OnnxTensor;
  stateType(state: StateId): TensorType;
  feed(name: string, type: TensorType): OnnxTensor;
}
