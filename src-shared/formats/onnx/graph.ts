import type { OnnxAttribute } from '../../ops/onnx-builder';
import type { DType, TensorArray, TensorType } from '../../ops/tensor';

/** An ONNX graph as plain data, between building, rewriting and encoding. */
export interface OnnxGraph {
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly initializers: readonly OnnxInitializer[];
  readonly nodes: readonly OnnxNode[];
}

export interface OnnxValue {
  readonly name: string;
  readonly type: TensorType;
}

export interface OnnxInitializer {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: TensorArray | readonly number[] | readonly string[];
}

export interface OnnxNode {
  readonly opType: string;
  /** A missing optional input is the empty string. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attrs: Readonly<Record<string, OnnxAttribute>>;
  /** Empty for the standard op set. */
  readonly domain: string;
}
