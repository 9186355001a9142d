import { type Problem, problem } from '../../problem';
import { type Dim, formatShape, type Shape } from '../dims';

/** A problem where an axis is not one of the shape's; axes count from 0. */
export function checkAxes(op: string, shape: Shape, axes: readonly number[]): Problem | undefined {
  const bad = axes.find(
    (axis, i) => !Number.isInteger(axis) || axis < 0 || axis >= shape.length || axes.indexOf(axis) !== i,
  );
  return bad === undefined ? undefined : problem('axis-out-of-range', { op, axis: bad, shape: formatShape(shape) });
}

/** A shape after these axes were reduced: dropped, or kept with size 1. */
export function reducedShape(shape: Shape, axes: readonly number[], keepDims: boolean): Dim[] {
  return shape.flatMap((dim, axis) => (axes.includes(axis) ? (keepDims ? [1] : []) : [dim]));
}
