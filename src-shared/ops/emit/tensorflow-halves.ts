import type { BatchAxis } from '../shapes/batch-halves';
import type { TensorflowBuilder, TensorflowTensor } from '../tensorflow-builder';
import { indexVector, typeOf } from './tensorflow-node';

type T = TensorflowTensor;

const int32 = { type: 'int32' } as const;

/** `rowsOfFirst` of a tensor in the graph: int32 vectors of one number. */
export function rowsOfFirstNodes(b: TensorflowBuilder, x: T, { axis, each }: BatchAxis): { own: T; kept: T } {
  const shape = b.node('Shape', [x], { ...typeOf(x, { out_type: int32 }), dtype: 'int32' });
  const size = b.node('Slice', [shape, indexVector(b, [axis]), indexVector(b, [1])], typeOf(shape, { Index: int32 }));
  const divide = (a: T, by: number) => b.node('FloorDiv', [a, indexVector(b, [by])], typeOf(a));
  const times = (a: T) => (each === 1 ? a : b.node('Mul', [a, indexVector(b, [each])], typeOf(a)));
  const examples = each === 1 ? size : divide(size, each);
  const half = divide(examples, 2);
  const one = b.node('Minimum', [examples, indexVector(b, [1])], typeOf(examples));
  return { own: times(half), kept: times(b.node('Maximum', [half, one], typeOf(half))) };
}

/** Rows of an axis, from a row to another or to the end; both are vectors of one number. */
export function rowsBetween(
  b: TensorflowBuilder,
  x: T,
  { axis, rank, from, count }: { axis: number; rank: number; from?: T; count?: T },
): T {
  const vector = (other: number, own: T | undefined) => {
    if (!own) return indexVector(b, new Array<number>(rank).fill(other));
    const around = [new Array<number>(axis).fill(other), new Array<number>(rank - axis - 1).fill(other)] as const;
    const pieces = [indexVector(b, around[0]), own, indexVector(b, around[1])];
    return b.node('ConcatV2', [...pieces, b.constant([0], 'int32', [])], typeOf(own, { N: { int: 3 }, Tidx: int32 }));
  };
  return b.node('Slice', [x, vector(0, from), vector(-1, count)], typeOf(x, { Index: int32 }));
}
