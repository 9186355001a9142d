import { describe, expect, test } from 'vitest';
import { bfloat16Bits, dataTypeCode, elementTypeOf, float16Bits, packNumbers, unpackNumbers } from './data-types';

describe('element types', () => {
  test('have the numbers of types.proto, both ways', () => {
    expect(dataTypeCode('float32')).toBe(1);
    expect(dataTypeCode('string')).toBe(7);
    expect(elementTypeOf(3)).toBe('int32');
    expect(elementTypeOf(8)).toBeUndefined();
  });

  test('pack numbers into their own arrays', () => {
    expect(packNumbers([1, -2], 'int64')).toEqual(BigInt64Array.of(1n, -2n));
    expect(packNumbers([true, false], 'bool')).toEqual(Uint8Array.of(1, 0));
    const floats = Float32Array.of(0.1);
    expect(packNumbers(floats, 'float32')).toBe(floats);
    expect(packNumbers(floats, 'float64')).toEqual(Float64Array.of(Math.fround(0.1)));
  });
});

describe('half floats', () => {
  test.each([
    ['one', 1, 0x3c00],
    ['minus two', -2, 0xc000],
    ['the largest', 65504, 0x7bff],
    ['beyond the largest', 65520, 0x7c00],
    ['the smallest normal', 2 ** -14, 0x0400],
    ['the smallest', 2 ** -24, 0x0001],
    ['half of it, to even', 2 ** -25, 0x0000],
    ['a tie, to even', 1 + 2 ** -11, 0x3c00],
    ['a tie, up to even', 1 + 3 * 2 ** -11, 0x3c02],
  ])('float16: %s', (_, value, bits) => {
    expect(float16Bits(value)).toBe(bits);
  });

  test.each([
    ['one', 1, 0x3f80],
    ['a tie, to even', 1 + 2 ** -8, 0x3f80],
    ['a tie, up to even', 1 + 3 * 2 ** -8, 0x3f82],
    ['minus infinity', Number.NEGATIVE_INFINITY, 0xff80],
  ])('bfloat16: %s', (_, value, bits) => {
    expect(bfloat16Bits(value)).toBe(bits);
  });

  test.each(['float16', 'bfloat16'] as const)('%s: every number comes back from its bits', (type) => {
    const bits = Uint16Array.from({ length: 0x7c00 }, (_, i) => i);
    const values = unpackNumbers(bits, type);
    expect(packNumbers(values, type)).toEqual(bits);
    expect(packNumbers([Number.NaN], type)).toEqual(Uint16Array.of(type === 'float16' ? 0x7e00 : 0x7fc0));
  });
});
