import { stableStringify } from '../../hash';
import type { DType, TensorData } from '../../ops/tensor';
import { toLittleEndian } from '../tensor-bytes';

type FileType = Exclude<DType, 'string'>;

/** Names of element types in a safetensors header. */
export const safetensorsType: Readonly<Record<FileType, string>> = {
  float64: 'F64',
  float32: 'F32',
  float16: 'F16',
  bfloat16: 'BF16',
  int64: 'I64',
  int32: 'I32',
  uint8: 'U8',
  bool: 'BOOL',
};

/**
 * Tensors as a safetensors file: header length, JSON header, bytes (https://github.com/huggingface/safetensors).
 * Names are sorted and the header padded to 8 bytes, so that the same tensors give the same file.
 * Throws on strings, which the format cannot hold.
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, TensorData>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const names = Object.keys(tensors).sort();
  const blocks = names.map((name) => encode(name, tensors[name]));
  let end = 0;
  const entries = blocks.map(({ name, dtype, shape, bytes }) => {
    const begin = end;
    end += bytes.length;
    return [name, { dtype, shape: [...shape], data_offsets: [begin, end] }] as const;
  });
  const header = headerBytes(Object.fromEntries(metadata ? [['__metadata__', metadata], ...entries] : entries));
  const file = new Uint8Array(8 + header.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  let at = 8 + header.length;
  for (const { bytes } of blocks) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

function encode(name: string, tensor: TensorData | undefined) {
  if (!tensor || tensor.dtype === 'string')
    throw new Error(`The tensor ${name} holds texts, which safetensors cannot.`);
  // Only `dtype: 'string'` goes with an array of texts.
  const bytes = toLittleEndian(tensor.data as Exclude<TensorData['data'], string[]>, tensor.dtype);
  return { name, dtype: safetensorsType[tensor.dtype], shape: tensor.shape, bytes };
}

/** The JSON header, padded with spaces so that data start at a multiple of 8. */
function headerBytes(header: Readonly<Record<string, unknown>>): Uint8Array {
  const bytes = new TextEncoder().encode(stableStringify(header));
  const padded = new Uint8Array(Math.ceil(bytes.length / 8) * 8).fill(0x20);
  padded.set(bytes);
  return padded;
}
