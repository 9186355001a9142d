import { execFileSync } from 'node:child_process';
import type { TensorData } from '../../../src-shared/ops/tensor';
import { oraclePython } from './obstacles';

/** A tensor as it travels to Python and back: base64 of little-endian numbers. */
export type Encoded = Omit<TensorData, 'data'> & { readonly data: string };

/** The Python that has Keras; undefined where there is none. */
export const python = oraclePython();

/** Runs a Python file, which reads JSON on stdin and writes JSON on stdout. */
export function askKeras<T>(file: string, request: unknown): T {
  const input = JSON.stringify(request);
  const answer = execFileSync(python ?? '', [file], {
    input,
    maxBuffer: 2 ** 28,
    stdio: 'pipe',
  });
  return JSON.parse(answer.toString());
}

export function encode({ dtype, shape, data }: TensorData): Encoded {
  if (!(data instanceof Float32Array || data instanceof Int32Array)) throw new Error(`${dtype} is not sent to Keras.`);
  return { dtype, shape, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') };
}

export function decode({ shape, data }: Encoded): TensorData {
  const bytes = Buffer.from(data, 'base64');
  const numbers = Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
  return { dtype: 'float32', shape, data: numbers };
}
