import type * as tfjs from '@tensorflow/tfjs-core';

/** Images, kernels and their gradients all have four axes; shapes were proven when the program was built. */
export function fourAxes(x: tfjs.Tensor): tfjs.Tensor4D {
  return x as tfjs.Tensor4D;
}

/** Height and width as the tuple that tfjs asks for. */
export function pair([height = 1, width = 1]: readonly number[]): [number, number] {
  return [height, width];
}
