import type { Dim } from './dims';

/** Element types of tensors. Layouts are TensorFlow's everywhere: NHWC, HWIO, `[in, out]`. */
export type DType = 'float32' | 'float64' | 'float16' | 'bfloat16' | 'int32' | 'int64' | 'uint8' | 'bool' | 'string';

/** What is known of a tensor before it exists. */
export interface TensorType {
  readonly dtype: DType;
  readonly shape: readonly Dim[];
}

export type TensorArray = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array | string[];

/** A tensor's contents, row-major. `bool` is kept as bytes 0 and 1. */
export interface TensorData {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: TensorArray;
}

export function tensorType(dtype: DType, shape: readonly Dim[]): TensorType {
  return { dtype, shape };
}

export function isFloat(dtype: DType): boolean {
  return dtype === 'float32' || dtype === 'float64' || dtype === 'float16' || dtype === 'bfloat16';
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Predictions and the truth: float64 where float32 would lose digits of the target. */
export type FloatArray = Float32Array | Float64Array;

export function isFloatArray(data: unknown): data is FloatArray {
  return data instanceof Float32Array || data instanceof Float64Array;
}

export function floatTensor(data: FloatArray, shape: readonly number[]): TensorData {
  return { dtype: data instanceof Float64Array ? 'float64' : 'float32', shape, data };
}

/** As float32 where that holds every number exactly, else as they are. */
export function asFloats(numbers: ArrayLike<number>): FloatArray {
  const narrow = Float32Array.from(numbers);
  const isSame = narrow.every((value, i) => Object.is(value, numbers[i]));
  return isSame ? narrow : Float64Array.from(numbers);
}
