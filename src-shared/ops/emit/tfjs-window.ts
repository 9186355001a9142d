import type * as tfjs from '@tensorflow/tfjs-core';
import { type Window, windowPadding } from '../shapes/window';

/** Images, kernels and their gradients all have four axes; shapes were proven when the program was built. */
export function fourAxes(x: tfjs.Tensor): tfjs.Tensor4D {
  return x as tfjs.Tensor4D;
}

/** Height and width as the tuple that tfjs asks for. */
export function pair([height = 1, width = 1]: readonly number[]): [number, number] {
  return [height, width];
}

type Padding = 'valid' | [[number, number], [number, number], [number, number], [number, number]];

/**
 * The padding of a convolution of images `x`, in pixels: where a `same` window is smaller than its stride, tfjs' wasm
 * backend (4.22) puts it in the wrong places.
 */
export function convolutionPadding(x: tfjs.Tensor, window: Window): Padding {
  if (window.padding !== 'same') return 'valid';
  const [rows = [0, 0], columns = [0, 0]] = windowPadding(x.shape.slice(1, 3), window);
  return [[0, 0], rows, columns, [0, 0]];
}
