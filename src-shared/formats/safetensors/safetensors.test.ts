import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TensorData } from '../../ops/tensor';
import { ProblemError } from '../../problem';
import { readSafetensors } from './read-safetensors';
import { writeSafetensors } from './write-safetensors';

const sample: Record<string, TensorData> = {
  'dense/kernel': { dtype: 'float32', shape: [2, 2], data: new Float32Array([1, -2.5, Number.NaN, 4]) },
  codes: { dtype: 'int32', shape: [3], data: new Int32Array([-1, 0, 7]) },
  step: { dtype: 'int64', shape: [], data: new BigInt64Array([-9_007_199_254_740_993n]) },
  image: { dtype: 'uint8', shape: [1, 3], data: new Uint8Array([0, 128, 255]) },
  flags: { dtype: 'bool', shape: [2], data: new Uint8Array([1, 0]) },
  half: { dtype: 'float16', shape: [4], data: new Float32Array([1.5, -65504, 2 ** -24, Number.POSITIVE_INFINITY]) },
  brain: { dtype: 'bfloat16', shape: [2], data: new Float32Array([1.5, -3.140625]) },
  nothing: { dtype: 'float32', shape: [0, 4], data: new Float32Array(0) },
};

/** A file with this header and so many data bytes. */
function fileWith(header: string, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

function whatIsWrong(bytes: Uint8Array): unknown {
  try {
    readSafetensors(bytes);
    return 'nothing';
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.values?.what;
    throw error;
  }
}

test('every element type comes back as it was written', () => {
  const { tensors, metadata } = readSafetensors(writeSafetensors(sample, { made: 'here' }));
  expect(metadata).toEqual({ made: 'here' });
  expect(tensors).toEqual(sample);
});

test('the order of names does not change the bytes', () => {
  const reversed = Object.fromEntries(Object.entries(sample).reverse());
  expect(writeSafetensors(reversed)).toEqual(writeSafetensors(sample));
});

test('texts are refused by name', () => {
  expect(() => writeSafetensors({ words: { dtype: 'string', shape: [1], data: ['a'] } })).toThrow('words');
});

describe('a damaged file says what is wrong', () => {
  const tensor = (begin: number, end: number) =>
    `{"dtype":"U8","shape":[${end - begin}],"data_offsets":[${begin},${end}]}`;
  test.each([
    ['shorter than 8 bytes', new Uint8Array(7)],
    ['larger than 100 MB', new Uint8Array([0, 0, 0, 0, 0, 0, 0, 1])],
    ['ends inside its header', new Uint8Array([9, 0, 0, 0, 0, 0, 0, 0, 1])],
    ['not a JSON object', fileWith('[]', 0)],
    ['not a JSON object', fileWith('{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', 1)],
    ['stands in it twice', fileWith(`{"a":${tensor(0, 1)},"\\u0061":${tensor(0, 1)}}`, 1)],
    ['overlaps', fileWith(`{"a":${tensor(0, 4)},"b":${tensor(2, 6)}}`, 6)],
    ['leaves a gap', fileWith(`{"a":${tensor(0, 2)},"b":${tensor(4, 6)}}`, 6)],
    ['before its last tensor', fileWith(`{"a":${tensor(0, 2)}}`, 1)],
    ['bytes follow', fileWith(`{"a":${tensor(0, 2)}}`, 3)],
    ['not as long as its shape', fileWith('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', 4)],
    ['unknown type', fileWith('{"a":{"dtype":"F8","shape":[1],"data_offsets":[0,1]}}', 1)],
    ['not a tensor', fileWith('{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}', 1)],
    ['metadata', fileWith('{"__metadata__":{"a":1}}', 0)],
  ])('%s', (what, bytes) => {
    expect(whatIsWrong(bytes)).toContain(what);
  });

  test('cut at any byte', () => {
    const whole = writeSafetensors(sample);
    for (let length = 0; length < whole.length; length++)
      expect(whatIsWrong(whole.subarray(0, length))).not.toBe('nothing');
  });
});

test('random bytes and random headers never crash the reader', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void whatIsWrong(bytes)),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.json(), fc.nat(64), (header, dataBytes) => void whatIsWrong(fileWith(header, dataBytes))),
    { numRuns: 300 },
  );
});

test('one flipped byte is either found or changes a value, and never crashes the reader', () => {
  const whole = writeSafetensors(sample);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const bytes = whole.slice();
      bytes[at] = (bytes[at] ?? 0) ^ mask;
      whatIsWrong(bytes);
    }),
    { numRuns: 500 },
  );
});
