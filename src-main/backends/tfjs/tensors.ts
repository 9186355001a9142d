import * as tf from '@tensorflow/tfjs-core';
import type { DType, TensorArray, TensorData } from '../../../src-shared/ops/tensor';

/** tfjs has four element types; small integers are held as int32, half floats as float32. */
function heldType(dtype: TensorData['dtype']): 'float32' | 'int32' | 'bool' | 'string' {
  if (dtype === 'bool' || dtype === 'string') return dtype;
  return dtype === 'int32' || dtype === 'int64' || dtype === 'uint8' ? 'int32' : 'float32';
}

/** A tensor with a copy of the data. */
export function toTensor({ dtype, shape, data }: TensorData): tf.Tensor {
  const held = heldType(dtype);
  return tf.tensor(copyAs(held, data), [...shape], held);
}

/** The tensor's contents, copied, in the element type that the program gives it. */
export function fromTensor(tensor: tf.Tensor, dtype: DType): TensorData {
  const values: ArrayLike<unknown> = tensor.dtype === 'string' ? tensor.dataSync<'string'>() : tensor.dataSync();
  return { dtype, shape: [...tensor.shape], data: arrayOf(dtype, values) };
}

function copyAs(
  held: ReturnType<typeof heldType>,
  data: TensorArray,
): Float32Array | Int32Array | Uint8Array | string[] {
  if (held === 'string') return Array.from(data, String);
  const numbers = data as ArrayLike<number | bigint>;
  if (held === 'float32') return Float32Array.from(numbers, Number);
  return held === 'int32' ? Int32Array.from(numbers, Number) : Uint8Array.from(numbers, Number);
}

function arrayOf(dtype: DType, values: ArrayLike<unknown>): TensorArray {
  if (dtype === 'string') return Array.from(values, String);
  if (dtype === 'int64') return BigInt64Array.from(Array.from(values, (value) => BigInt(Number(value))));
  const numbers = Array.from(values, Number);
  if (dtype === 'int32') return Int32Array.from(numbers);
  return dtype === 'uint8' || dtype === 'bool' ? Uint8Array.from(numbers) : Float32Array.from(numbers);
}
