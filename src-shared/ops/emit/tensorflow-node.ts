import type { Dim } from '../dims';
import type { TensorflowAttribute, TensorflowBuilder, TensorflowTensor } from '../tensorflow-builder';

type Attributes = Readonly<Record<string, TensorflowAttribute>>;

/** Options of a node whose attribute `T` is the element type of `x`. */
export function typeOf(x: TensorflowTensor, more: Attributes = {}): { attrs: Attributes } {
  return { attrs: { T: { type: x.dtype }, ...more } };
}

/** A list of whole numbers as an int32 vector: sizes, axes, permutations. */
export function indexVector(b: TensorflowBuilder, values: readonly number[]): TensorflowTensor {
  return b.constant(values, 'int32', [values.length]);
}

export function scalar(b: TensorflowBuilder, value: number, like: TensorflowTensor): TensorflowTensor {
  return b.constant([value], like.dtype, []);
}

/** What runtimes take for a shape: the dimension that is known only at run time becomes −1. */
export function runtimeShape(shape: readonly Dim[]): number[] {
  return shape.map((dim) => (typeof dim === 'number' ? dim : -1));
}

/** Attributes that every op with a sliding window has in common; NHWC. */
export function windowAttributes(strides: readonly number[], padding: string): Attributes {
  return {
    strides: { ints: [1, ...strides, 1] },
    padding: { string: padding.toUpperCase() },
    data_format: { string: 'NHWC' },
  };
}

/** The sizes of images as an int32 vector: as many as `like` has, each with this height, width and channels. */
export function imageSizes(b: TensorflowBuilder, like: TensorflowTensor, image: readonly number[]): TensorflowTensor {
  const shape = b.node('Shape', [like], { ...typeOf(like, { out_type: { type: 'int32' } }), dtype: 'int32' });
  const batch = b.node('Mul', [shape, indexVector(b, [1, 0, 0, 0])], { attrs: { T: { type: 'int32' } } });
  return b.node('AddV2', [batch, indexVector(b, [0, ...image])], { attrs: { T: { type: 'int32' } } });
}
