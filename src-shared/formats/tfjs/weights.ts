import { toLittleEndian } from '../tensor-bytes';
import type { ElementType } from '../tensorflow/data-types';
import type { GraphTensor } from '../tensorflow/graph-builder';

/** One weight in `weightsManifest`. tfjs holds every whole number as int32. */
export interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool' | 'string';
}

interface Weight {
  readonly entry: WeightEntry;
  readonly bytes: Uint8Array;
}

export function weightBytes(name: string, tensor: GraphTensor): Weight {
  const dtype = weightType(tensor.dtype);
  const bytes = dtype === 'string' ? textBytes(tensor.values) : numberBytes(tensor.values, dtype);
  return { entry: { name, shape: [...tensor.shape], dtype }, bytes };
}

export function joinWeights(weights: readonly Weight[]): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(weights.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { bytes } of weights) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

function weightType(dtype: ElementType): WeightEntry['dtype'] {
  if (dtype === 'resource') throw new Error('A frozen graph holds no variables.');
  if (dtype === 'bool' || dtype === 'string') return dtype;
  return dtype === 'int32' || dtype === 'int64' || dtype === 'uint8' ? 'int32' : 'float32';
}

function numberBytes(values: GraphTensor['values'], dtype: 'float32' | 'int32' | 'bool'): Uint8Array {
  // Constants whose type is not string hold numbers.
  const numbers = values as ArrayLike<number | bigint>;
  if (values instanceof Float32Array || values instanceof Int32Array) return toLittleEndian(values, dtype);
  return toLittleEndian(Array.from(numbers, Number), dtype);
}

/** Texts one after the other, each with its length in bytes as uint32 in front. */
function textBytes(values: GraphTensor['values']): Uint8Array {
  const parts = Array.from(values as ArrayLike<unknown>, (text) => new TextEncoder().encode(String(text)));
  const file = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0));
  const view = new DataView(file.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length, true);
    file.set(part, at + 4);
    at += 4 + part.length;
  }
  return file;
}
