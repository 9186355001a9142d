import { describe, expect, it } from 'vitest';
import { encodeBase64 } from '../../../src-shared/base64';
import { readPixels } from './raw-image';

describe('readPixels', () => {
  it('makes grey pixels of one channel', () => {
    const image = { shape: [1, 2, 1], dtype: 'uint8', base64: encodeBase64(Uint8Array.of(0, 200)) } as const;
    expect(readPixels(image)).toEqual({
      width: 2,
      height: 1,
      rgba: Uint8ClampedArray.of(0, 0, 0, 255, 200, 200, 200, 255),
    });
  });

  it('keeps three channels', () => {
    const image = { shape: [1, 1, 3], dtype: 'uint8', base64: encodeBase64(Uint8Array.of(1, 2, 3)) } as const;
    expect([...(readPixels(image)?.rgba ?? [])]).toEqual([1, 2, 3, 255]);
  });

  it('spreads floats from black to white', () => {
    const bytes = new Uint8Array(Float32Array.of(-1, 0, 1).buffer);
    const image = { shape: [1, 3], dtype: 'float32', base64: encodeBase64(bytes) } as const;
    const grey = readPixels(image)?.rgba.filter((_, i) => i % 4 === 0);
    expect([...(grey ?? [])]).toEqual([0, 128, 255]);
  });

  it('draws nothing of what is no image', () => {
    const base64 = encodeBase64(Uint8Array.of(1, 2));
    expect(readPixels({ shape: [2], dtype: 'uint8', base64 })).toBeUndefined();
    expect(readPixels({ shape: [9, 9, 1], dtype: 'uint8', base64 })).toBeUndefined();
  });
});
