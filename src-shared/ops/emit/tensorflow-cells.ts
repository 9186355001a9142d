import type { TensorflowBuilder, TensorflowTensor } from '../tensorflow-builder';
import type { CellArithmetic, StepArithmetic } from './cell-arithmetic';
import { loop } from './tensorflow-loop';
import { firstOf, indexVector, scalar, typeOf, zeroState } from './tensorflow-node';
import { unroll } from './unroll';

type T = TensorflowTensor;

/** Steps up to which a cell is written out: more of them start faster and take less memory as a loop. */
const unrolledSteps = 32;

/** The arithmetic of cells as nodes that every runtime of TensorFlow graphs knows, also in float64. */
export function tensorflowCells(b: TensorflowBuilder): CellArithmetic<T> {
  const arithmetic = stepArithmetic(b);
  return {
    ...arithmetic,
    scan: (cell) =>
      cell.time > unrolledSteps && b.hasLoops ? loop(b, cell, stepArithmetic) : unroll(arithmetic, cell),
  };
}

function stepArithmetic(b: TensorflowBuilder): StepArithmetic<T> {
  const unary = (op: string) => (x: T) => b.node(op, [x], typeOf(x));
  const binary = (op: string) => (x: T, y: T) => b.node(op, [x, y], typeOf(x));
  const reshape = (x: T, shape: readonly number[]) =>
    b.node('Reshape', [x, indexVector(b, shape)], typeOf(x, { Tshape: { type: 'int32' } }));
  return {
    add: binary('AddV2'),
    subtract: binary('Sub'),
    multiply: binary('Mul'),
    sigmoid: unary('Sigmoid'),
    tanh: unary('Tanh'),
    complement: (x) => b.node('Sub', [scalar(b, 1, x), x], typeOf(x)),
    matMul: (x, y, turned = {}) => {
      const attrs = { transpose_a: { bool: turned.a ?? false }, transpose_b: { bool: turned.b ?? false } };
      return b.node('MatMul', [x, y], typeOf(x, attrs));
    },
    flatten: (x, size) => reshape(x, [-1, size]),
    unflatten: (x, { time, size }) => reshape(x, [time, -1, size]),
    sumRows: (x) =>
      b.node('Sum', [x, indexVector(b, [0])], typeOf(x, { Tidx: { type: 'int32' }, keep_dims: { bool: false } })),
    zeroState: (x, units) => zeroState(b, x, units),
    delay: (x, time) => {
      const pads = b.constant([1, 0, 0, 0, 0, 0], 'int32', [3, 2]);
      const later = b.node('Pad', [x, pads], typeOf(x, { Tpaddings: { type: 'int32' } }));
      const size = indexVector(b, [time, -1, -1]);
      return b.node('Slice', [later, indexVector(b, [0, 0, 0]), size], typeOf(x, { Index: { type: 'int32' } }));
    },
    ...lists(b),
  };
}

function lists(b: TensorflowBuilder): Pick<StepArithmetic<T>, 'split' | 'join' | 'unstack' | 'stack'> {
  const all = (first: T, count: number) => Array.from({ length: count }, (_, i) => b.output(first, i));
  return {
    split: (x, count) => {
      const axis = b.constant([-1], 'int32', []);
      return all(b.node('Split', [axis, x], { ...typeOf(x, { num_split: { int: count } }), dtype: x.dtype }), count);
    },
    join: (xs) => {
      const dtype = firstOf(xs).dtype;
      const attrs = { N: { int: xs.length }, T: { type: dtype }, Tidx: { type: 'int32' } } as const;
      return b.node('ConcatV2', [...xs, b.constant([-1], 'int32', [])], { attrs, dtype });
    },
    unstack: (x, count) => all(b.node('Unpack', [x], typeOf(x, { num: { int: count }, axis: { int: 0 } })), count),
    stack: (xs) => b.node('Pack', xs, typeOf(firstOf(xs), { N: { int: xs.length }, axis: { int: 0 } })),
  };
}
