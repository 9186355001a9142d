import { type Problem, problem } from '../../problem';
import { broadcastShapes, type Dim, formatShape, type Shape, sizeOf } from '../dims';
import type { DType, TensorType } from '../tensor';
import { isFloat } from '../tensor';

/** Element types that arithmetic is defined on. */
const numeric: readonly DType[] = ['float32', 'float64', 'float16', 'bfloat16', 'int32', 'int64'];

/** An output of the input's own type, for element-wise ops on floating-point numbers. */
export function floatLike(op: string, x: TensorType): { y: TensorType } | Problem {
  return isFloat(x.dtype) ? { y: x } : dtypeProblem(op, x.dtype, 'float32');
}

/** An output of the input's own type, for element-wise ops on any numbers. */
export function numberLike(op: string, x: TensorType): { y: TensorType } | Problem {
  return numeric.includes(x.dtype) ? { y: x } : dtypeProblem(op, x.dtype, 'float32, int32');
}

/** NumPy broadcasting of two inputs of one element type; `dtype` replaces the element type of the output. */
export function broadcast(
  op: string,
  { a, b }: { readonly a: TensorType; readonly b: TensorType },
  dtype: DType = a.dtype,
): { y: TensorType } | Problem {
  if (a.dtype !== b.dtype) return problem('dtypes-differ', { op, a: a.dtype, b: b.dtype });
  const shape = broadcastShapes(a.shape, b.shape);
  if (!shape) return problem('shapes-do-not-broadcast', { op, a: formatShape(a.shape), b: formatShape(b.shape) });
  return { y: { dtype, shape } };
}

/** As `broadcast`, for arithmetic: text and truth values are refused. */
export function arithmetic(
  op: string,
  inputs: { readonly a: TensorType; readonly b: TensorType },
): { y: TensorType } | Problem {
  const allowed = numeric.includes(inputs.a.dtype);
  return allowed ? broadcast(op, inputs) : dtypeProblem(op, inputs.a.dtype, 'float32, int32');
}

/** One operation per element of the output. */
export function perElement(_inputs: unknown, { y }: { readonly y: TensorType }): { flops: Dim } {
  return { flops: sizeOf(y.shape) };
}

/** No arithmetic at all: data are only moved or looked at. */
export function noFlops(): { flops: Dim } {
  return { flops: 0 };
}

export function dtypeProblem(op: string, dtype: DType, expected: string): Problem {
  return problem('dtype-not-allowed', { op, dtype, expected });
}

export function rankProblem(op: string, { shape, expected }: { shape: Shape; expected: string | number }): Problem {
  return problem('rank-not-allowed', { op, shape: formatShape(shape), rank: shape.length, expected });
}
