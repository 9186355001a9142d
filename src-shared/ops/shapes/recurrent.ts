import { isProblem, type Problem, problem } from '../../problem';
import { type Dim, formatShape, multiplyDims, sameShape } from '../dims';
import type { TensorType } from '../tensor';
import { isFloat } from '../tensor';
import { dtypeProblem, rankProblem } from './elementwise';

export interface RecurrentInputs {
  /** [time, batch, in]. */
  readonly x: TensorType;
  readonly kernel: TensorType;
  readonly recurrentKernel: TensorType;
  readonly bias: TensorType;
}

/** What a recurrent op is: how many blocks of `units` its weights have, and the shape of its bias. */
export interface RecurrentKind {
  readonly op: string;
  readonly gates: number;
  readonly bias: (width: number) => readonly number[];
}

interface Shaped {
  readonly shape: readonly Dim[];
}

interface Checked {
  readonly time: number;
  readonly units: number;
  readonly states: TensorType;
}

/** Checks a sequence [time, batch, in] against the weights [in, gates · units] and [units, gates · units]. */
export function checkRecurrent(
  kind: RecurrentKind,
  { x, kernel, recurrentKernel, bias }: RecurrentInputs,
): Checked | Problem {
  const { op, gates } = kind;
  if (!isFloat(x.dtype)) return dtypeProblem(op, x.dtype, 'float32');
  const other = [kernel, recurrentKernel, bias].find(({ dtype }) => dtype !== x.dtype);
  if (other) return problem('dtypes-differ', { op, a: x.dtype, b: other.dtype });
  const [time, batch, size] = x.shape;
  if (x.shape.length !== 3 || batch === undefined) return rankProblem(op, { shape: x.shape, expected: 3 });
  if (typeof time !== 'number' || typeof size !== 'number' || time < 1) {
    return problem('sequence-length-unknown', { shape: formatShape(x.shape) });
  }
  const [units] = recurrentKernel.shape;
  if (typeof units !== 'number' || !sameShape(kernel.shape, [size, gates * units])) return unfit(kernel, x);
  if (!sameShape(recurrentKernel.shape, [units, gates * units])) return unfit(recurrentKernel, kernel);
  if (!sameShape(bias.shape, kind.bias(gates * units))) {
    return problem('bias-does-not-fit', { bias: formatShape(bias.shape), x: formatShape(kernel.shape) });
  }
  return { time, units, states: { dtype: x.dtype, shape: [time, batch, units] } };
}

/** Multiplications and additions of the two matrix products of all steps. */
export function recurrentFlops({ x, kernel, recurrentKernel }: RecurrentInputs): Dim {
  const [time = 0, batch = 0, size = 0] = x.shape;
  const [units = 0] = recurrentKernel.shape;
  const width = kernel.shape[1] ?? 0;
  const perRow = multiplyDims(2, multiplyDims(Number(size) + Number(units), width));
  return multiplyDims(multiplyDims(time, batch), perRow);
}

/** Sizes of a sequence and its weights, once `checkRecurrent` has proved them. */
export function sequenceSizes({ x, recurrentKernel }: { readonly x: Shaped; readonly recurrentKernel: Shaped }) {
  const [time, , size] = x.shape;
  return { time: Number(time), size: Number(size), units: Number(recurrentKernel.shape[0]) };
}

/** The same type for several outputs, or the problem. */
export function sameStates<const O extends string>(
  checked: Checked | Problem,
  outputs: readonly O[],
): Record<O, TensorType> | Problem {
  if (isProblem(checked)) return checked;
  // Every name is given its type.
  return Object.fromEntries(outputs.map((name) => [name, checked.states])) as Record<O, TensorType>;
}

function unfit(a: TensorType, b: TensorType): Problem {
  return problem('matrices-do-not-fit', { a: formatShape(b.shape), b: formatShape(a.shape) });
}
