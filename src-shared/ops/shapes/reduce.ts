import type { Problem } from '../../problem';
import { type Dim, sizeOf } from '../dims';
import type { Value } from '../program';
import type { ProgramBuilder } from '../program-builder';
import type { TensorType } from '../tensor';
import { checkAxes, reducedShape } from './axes';

/** `axes` that are given up; with `keepDims` they stay with size 1. No axes: nothing is reduced. */
export type ReduceAttributes = { readonly axes: readonly number[]; readonly keepDims: boolean };

export function reduceShape(op: string, x: TensorType, attrs: ReduceAttributes): { y: TensorType } | Problem {
  const bad = checkAxes(op, x.shape, attrs.axes);
  return bad ?? { y: { dtype: x.dtype, shape: reducedShape(x.shape, attrs.axes, attrs.keepDims) } };
}

/** A reduced value with its axes back, each of size 1, so that it broadcasts against `x`. */
export function restoreAxes(g: ProgramBuilder, reduced: Value, like: { x: Value; axes: readonly number[] }): Value {
  return g.reshape(reduced, reducedShape(like.x.type.shape, like.axes, true));
}

/** One addition or comparison per element that is read. */
export function perElementRead({ x }: { readonly x: TensorType }): { flops: Dim } {
  return { flops: sizeOf(x.shape) };
}
