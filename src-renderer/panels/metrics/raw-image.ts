import type { Mistake } from '../../../src-shared/runs/values';

type RawImage = NonNullable<Mistake['image']>;

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** Bytes of a tensor `[height, width]` or `[height, width, channels]` as pixels; other shapes are no image. */
export function readPixels({ shape, dtype, base64 }: RawImage): Pixels | undefined {
  const [height = 0, width = 0, channels = 1] = shape;
  const isImage = shape.length >= 2 && shape.length <= 3 && [1, 3, 4].includes(channels);
  const values = isImage ? readValues(base64, dtype) : undefined;
  if (!values || values.length < height * width * channels) return undefined;
  const rgba = new Uint8ClampedArray(height * width * 4);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const from = pixel * channels;
    const grey = values[from] ?? 0;
    rgba[pixel * 4] = grey;
    rgba[pixel * 4 + 1] = channels === 1 ? grey : (values[from + 1] ?? 0);
    rgba[pixel * 4 + 2] = channels === 1 ? grey : (values[from + 2] ?? 0);
    rgba[pixel * 4 + 3] = channels === 4 ? (values[from + 3] ?? 0) : 255;
  }
  return { width, height, rgba };
}

/** Values as brightness from 0 to 255; floats are spread over the range they have. */
function readValues(base64: string, dtype: RawImage['dtype']): ArrayLike<number> | undefined {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  if (dtype === 'uint8') return bytes;
  if (dtype !== 'float32' || bytes.byteLength % 4 !== 0) return undefined;
  const floats = new Float32Array(bytes.buffer);
  const min = floats.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const max = floats.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return floats.map((value) => ((value - min) / (max - min || 1)) * 255);
}
