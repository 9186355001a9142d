import { fail } from '../../problem';

/** An IDX file: the format of the MNIST digits (http://yann.lecun.com/exdb/mnist/). */
export interface IdxTensor {
  readonly dtype: 'uint8' | 'int8' | 'int16' | 'int32' | 'float32' | 'float64';
  readonly shape: readonly number[];
  /** Row-major, still big-endian where an element has more than one byte; a view of the file's bytes. */
  readonly bytes: Uint8Array;
}

const elementTypes: Readonly<Record<number, { dtype: IdxTensor['dtype']; size: number }>> = {
  8: { dtype: 'uint8', size: 1 },
  9: { dtype: 'int8', size: 1 },
  11: { dtype: 'int16', size: 2 },
  12: { dtype: 'int32', size: 4 },
  13: { dtype: 'float32', size: 4 },
  14: { dtype: 'float64', size: 8 },
};
const maxRank = 8;

/** Reads an IDX file that is already unpacked. Fails with `not-idx` or `idx-truncated`, naming `file`. */
export function readIdx(file: Uint8Array, name: string): IdxTensor {
  const element = elementTypes[file[2] ?? 0];
  const rank = file[3] ?? 0;
  if (file.length < 4 || file[0] !== 0 || file[1] !== 0 || !element || rank < 1 || rank > maxRank) {
    return fail('not-idx', { file: name });
  }
  const header = 4 + 4 * rank;
  if (file.length < header) return fail('idx-truncated', { file: name, expected: header, found: file.length });
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = header + shape.reduce((product, size) => product * size, element.size);
  if (file.length !== expected) return fail('idx-truncated', { file: name, expected, found: file.length });
  return { dtype: element.dtype, shape, bytes: file.subarray(header) };
}
