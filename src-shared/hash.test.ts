import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashData, stableStringify, takeSystemDigest } from './hash';

const data = { b: [1, undefined, null, { z: true, a: 'ü"\n' }], a: undefined, c: Number.NaN, 10: 'x', 9: -0 };

describe('stableStringify', () => {
  it('sorts keys at every depth and leaves undefined out', () => {
    expect(stableStringify(data)).toBe('{"10":"x","9":0,"b":[1,null,null,{"a":"ü\\"\\n","z":true}],"c":null}');
    expect(JSON.parse(stableStringify(data, 2))).toEqual(JSON.parse(stableStringify(data)));
  });

  it('writes data whose keys are in order already in the same way', () => {
    const inOrder = { a: [{ b: 1, c: undefined }, undefined, -0], d: { 9: 'x', e: Number.NaN }, f: '\u2028' };
    expect(stableStringify(inOrder)).toBe(stableStringify({ ...{ f: '' }, ...inOrder }));
    expect(stableStringify({ 9: 0, 10: 1 })).toBe('{"10":1,"9":0}');
    expect(stableStringify(undefined)).toBe('null');
  });
});

describe('hashData', () => {
  it('is the same whoever computes it', () => {
    const own = hashData(data);
    takeSystemDigest((text) => createHash('sha256').update(text).digest('hex'));
    expect(hashData(data)).toBe(own);
    expect(hashData({ a: 1, b: 2 })).toBe(hashData({ b: 2, a: 1 }));
    expect(hashData({ a: 1 })).not.toBe(hashData({ a: 2 }));
  });
});
