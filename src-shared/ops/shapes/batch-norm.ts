import { type Problem, problem } from '../../problem';
import { type Dim, formatShape, type Shape, sizeOf } from '../dims';
import type { TensorType } from '../tensor';
import { floatLike, rankProblem } from './elementwise';

/** Checks that every per-channel input is as long as the last axis of x. */
export function checkChannels(
  op: string,
  x: TensorType,
  perChannel: Readonly<Record<string, TensorType>>,
): { y: TensorType } | Problem {
  if (x.shape.length < 2) return rankProblem(op, { shape: x.shape, expected: '2 or more' });
  const channels = x.shape.at(-1);
  for (const { shape } of Object.values(perChannel)) {
    if (shape.length !== 1 || shape[0] !== channels) {
      return problem('bias-does-not-fit', { bias: formatShape(shape), x: formatShape(x.shape) });
    }
  }
  return floatLike(op, x);
}

/** All axes but the channels. */
export function batchAxes(shape: Shape): number[] {
  return [...shape.keys()].slice(0, -1);
}

/** TensorFlow's fused batch normalisation takes four axes only: the examples become one long axis. */
export function asImages(shape: Shape): Dim[] {
  return shape.length === 4 ? [...shape] : [sizeOf(shape.slice(0, -1)), 1, 1, shape.at(-1) ?? 1];
}
