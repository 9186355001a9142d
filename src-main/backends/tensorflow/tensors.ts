import {
  dataTypeCode,
  type ElementType,
  elementBytes,
  elementTypeOf,
  packNumbers,
  unpackNumbers,
} from '../../../src-shared/formats/tensorflow/data-types';
import { elementCount, type TensorArray, type TensorData } from '../../../src-shared/ops/tensor';
import { fail } from '../../../src-shared/problem';
import type { Pointer, TensorflowApi } from './bindings';

/** `sizeof(TF_TString)` on every platform with 64-bit pointers. */
const stringBytes = 24;

/**
 * A TF_Tensor with a copy of the data; the caller frees it with `freeTensor`.
 * Throws where the data do not fill the shape, since TensorFlow would read beyond their end.
 */
export function createTensor(api: TensorflowApi, value: TensorData, type: ElementType): Pointer {
  const count = elementCount(value.shape);
  if (count !== value.data.length) {
    throw new Error(`A tensor of shape [${value.shape.join(', ')}] has ${count} elements, not ${value.data.length}.`);
  }
  if (type === 'string') return createStrings(api, value.shape, value.data as string[]);
  const packed = packNumbers(value.data, type);
  const tensor = allocate(api, type, value.shape);
  if (packed.byteLength > 0) api.copy(api.tensorData(tensor), packed, packed.byteLength);
  return tensor;
}

/** Frees a tensor made by `createTensor`. */
export function freeTensor(api: TensorflowApi, tensor: Pointer, type: ElementType): void {
  if (type === 'string') for (const text of stringsOf(api, tensor)) api.stringFree(text);
  api.deleteTensor(tensor);
}

/** Copies a fetched tensor out; the caller still owns and frees it. */
export function readTensor(api: TensorflowApi, tensor: Pointer): TensorData {
  const type = elementTypeOf(api.tensorType(tensor));
  if (!type || type === 'resource' || type === 'variant')
    throw new Error(`A tensor of type ${api.tensorType(tensor)} cannot be fetched.`);
  const shape = Array.from({ length: api.tensorRank(tensor) }, (_, axis) => Number(api.tensorSize(tensor, axis)));
  if (type === 'string') return { dtype: type, shape, data: readStrings(api, tensor) };
  const raw = emptyArray(type, elementCount(shape));
  if (raw.byteLength > 0) api.copy(raw, api.tensorData(tensor), raw.byteLength);
  return { dtype: type, shape, data: unpackNumbers(raw, type) };
}

type NumberArray = Exclude<TensorArray, string[]> | Uint16Array;

function emptyArray(type: Exclude<ElementType, 'string' | 'resource' | 'variant'>, length: number): NumberArray {
  if (type === 'float32') return new Float32Array(length);
  if (type === 'float64') return new Float64Array(length);
  if (type === 'int32') return new Int32Array(length);
  if (type === 'int64') return new BigInt64Array(length);
  return type === 'uint8' || type === 'bool' ? new Uint8Array(length) : new Uint16Array(length);
}

function allocate(api: TensorflowApi, type: ElementType, shape: readonly number[]): Pointer {
  const sizes = BigInt64Array.from(shape, BigInt);
  const bytes = elementCount(shape) * (type === 'string' ? stringBytes : elementBytes(type));
  const tensor = api.allocateTensor(dataTypeCode(type), shape.length === 0 ? null : sizes, shape.length, bytes);
  return tensor ?? fail('out-of-memory', { message: `${bytes} bytes` });
}

const encoder = new TextEncoder();

function createStrings(api: TensorflowApi, shape: readonly number[], texts: readonly string[]): Pointer {
  const tensor = allocate(api, 'string', shape);
  stringsOf(api, tensor).forEach((at, i) => {
    const bytes = encoder.encode(texts[i] ?? '');
    api.stringInit(at);
    if (bytes.length > 0) api.stringCopy(at, bytes, bytes.length);
  });
  return tensor;
}

function readStrings(api: TensorflowApi, tensor: Pointer): string[] {
  return stringsOf(api, tensor).map((text) => {
    const bytes = Buffer.alloc(Number(api.stringLength(text)));
    if (bytes.length > 0) api.copy(bytes, api.stringBytes(text), bytes.length);
    return bytes.toString('utf8');
  });
}

/** Where each string of the tensor lies. */
function stringsOf(api: TensorflowApi, tensor: Pointer): Pointer[] {
  const data = api.tensorData(tensor);
  const count = Number(api.tensorBytes(tensor)) / stringBytes;
  return data === null ? [] : Array.from({ length: count }, (_, i) => data + BigInt(i * stringBytes));
}
