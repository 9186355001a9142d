import type { TensorArray } from '../../../src-shared/ops/tensor';
import { encodePng } from './encode-png';

/** Longest side of a thumbnail: a page of a thousand photographs stays a few megabytes. */
const maxSide = 64;

type Numbers = Exclude<TensorArray, string[] | BigInt64Array>;

/** Height, width and channels of what can be shown as a picture: `[h, w]`, `[h, w, 1]`, `[h, w, 3]`. */
function pictureSize(shape: readonly number[]): readonly [number, number, 1 | 3] | undefined {
  const [height, width, channels = 1, ...more] = shape;
  if (height === undefined || width === undefined || more.length > 0 || height * width === 0) return undefined;
  return channels === 1 || channels === 3 ? [height, width, channels] : undefined;
}

export function isPicture(shape: readonly number[]): boolean {
  return pictureSize(shape) !== undefined;
}

/**
 * A small PNG of an image, base64. Every n-th pixel is taken where it is large. Bytes are shown as they are; other
 * numbers from their lowest (black) to their highest (white).
 */
export function thumbnail(values: Numbers, shape: readonly number[]): string {
  const size = pictureSize(shape);
  if (!size) throw new Error(`Shape [${shape.join(', ')}] is no picture.`);
  const [height, width, channels] = size;
  const step = Math.max(1, Math.ceil(Math.max(height, width) / maxSide));
  const [rows, columns] = [Math.ceil(height / step), Math.ceil(width / step)];
  const shade = shader(values);
  const pixels = new Uint8Array(rows * columns * channels);
  let next = 0;
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const from = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) pixels[next++] = shade(values[from + c] ?? 0);
    }
  }
  const png = encodePng({ width: columns, height: rows, channels, pixels });
  return Buffer.from(png).toString('base64');
}

function shader(values: Numbers): (value: number) => number {
  if (values instanceof Uint8Array) return (value) => value;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const scale = high > low ? 255 / (high - low) : 0;
  return (value) => Math.round((value - low) * scale);
}
