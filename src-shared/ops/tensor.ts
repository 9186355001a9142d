import type { Dim } from './dims';

/** Element types of tensors. Layouts are TensorFlow's everywhere: NHWC, HWIO, `[in, out]`. */
export type DType = 'float32' | 'float16' | 'bfloat16' | 'int32' | 'int64' | 'uint8' | 'bool' | 'string';

/** What is known of a tensor before it exists. */
export interface TensorType {
  readonly dtype: DType;
  readonly shape: readonly Dim[];
}

export type TensorArray = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array | string[];

/**
 * A tensor's contents, row-major. `bool` is kept as bytes 0 and 1. `float64` holds the reference values of
 * numeric tests and exists in no program.
 */
export interface TensorData {
  readonly dtype: DType | 'float64';
  readonly shape: readonly number[];
  readonly data: TensorArray;
}

export function tensorType(dtype: DType, shape: readonly Dim[]): TensorType {
  return { dtype, shape };
}

export function isFloat(dtype: DType): boolean {
  return dtype === 'float32' || dtype === 'float16' || dtype === 'bfloat16';
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
