import { type Problem, problem } from '../../problem';
import { addDims, type Dim, floorDivideDim, subtractDims } from '../dims';

/** A window that slides over height and width, as Keras and TensorFlow define it. */
export interface Window {
  /** Height and width of the kernel or pool. */
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly padding: string;
  readonly dilations?: readonly number[];
}

/**
 * Height and width after a window has slid over `input` (height, width).
 * `valid`: floor((n − k) / s) + 1; `same`: ceil(n / s); k = (size − 1) · dilation + 1.
 * Source: TensorFlow, "Convolution" guide of `tf.nn`.
 */
export function slideWindow(input: readonly Dim[], window: Window): Dim[] | Problem {
  const { size, strides, padding, dilations = [1, 1] } = window;
  const bad = [...size, ...strides, ...dilations].find((n) => !Number.isInteger(n) || n < 1);
  if (bad !== undefined) return problem('window-not-positive', { size, strides, dilations, value: bad });
  if (padding !== 'same' && padding !== 'valid') return problem('padding-unknown', { padding });
  if (strides.some((n) => n > 1) && dilations.some((n) => n > 1)) {
    return problem('strides-with-dilations', { strides, dilations });
  }
  const reach = size.map((n, i) => (n - 1) * (dilations[i] ?? 1) + 1);
  const tooLarge = reach.some((n, i) => exceeds(n, input[i]));
  if (padding === 'valid' && tooLarge) {
    const fix = { code: 'set-param', param: 'padding', to: 'same' } as const;
    return problem('kernel-larger-than-input', { kernel: reach, input: [...input] }, { fix });
  }
  return input.map((n, i) => {
    const moves = subtractDims(n, padding === 'same' ? 1 : (reach[i] ?? 1));
    return addDims(floorDivideDim(moves, strides[i] ?? 1), 1);
  });
}

function exceeds(size: number, input: Dim | undefined): boolean {
  return typeof input === 'number' && size > input;
}

/**
 * Zeros that a window with these settings sees above and below, left and right of `input` (height, width): none
 * for `valid`; for `same` the odd one comes after.
 */
export function windowPadding(input: readonly number[], window: Window): [before: number, after: number][] {
  return input.map((n, i) => {
    const [size = 1, stride = 1, dilation = 1] = [window.size[i], window.strides[i], window.dilations?.[i]];
    if (window.padding !== 'same') return [0, 0];
    const total = Math.max(0, (Math.ceil(n / stride) - 1) * stride + (size - 1) * dilation + 1 - n);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  });
}
