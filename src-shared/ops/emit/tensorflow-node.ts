import { type Dim, isStatic, type Shape } from '../dims';
import { type Window, windowPadding } from '../shapes/window';
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

export function firstOf(tensors: readonly TensorflowTensor[]): TensorflowTensor {
  const [first] = tensors;
  if (!first) throw new Error('A list of tensors is empty.');
  return first;
}

/** 0 of the shape [batch, units]; the batch is the second axis of x. */
export function zeroState(b: TensorflowBuilder, x: TensorflowTensor, units: number): TensorflowTensor {
  const int32 = { type: 'int32' } as const;
  const shape = b.node('Shape', [x], { ...typeOf(x, { out_type: int32 }), dtype: 'int32' });
  const batch = b.node('Slice', [shape, indexVector(b, [1]), indexVector(b, [1])], typeOf(shape, { Index: int32 }));
  const ends = typeOf(shape, { N: { int: 2 }, Tidx: int32 });
  const dims = b.node('ConcatV2', [batch, indexVector(b, [units]), b.constant([0], 'int32', [])], ends);
  return b.node('Fill', [dims, scalar(b, 0, x)], { ...typeOf(x, { index_type: int32 }), dtype: x.dtype });
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

/**
 * As `windowAttributes`, of a convolution of `images`. For tfjs a `same` window smaller than its stride is given its
 * padding in pixels: its wasm backend (4.22) would put it in the wrong places.
 */
export function convolutionAttributes(
  window: Window,
  { images, target }: { readonly images: Shape; readonly target: string },
): Attributes {
  const { size, strides, padding } = window;
  const attributes = windowAttributes(strides, padding);
  const sizes: Shape = images.slice(1, 3);
  const isSmall = padding === 'same' && size.some((n, i) => n < (strides[i] ?? 1));
  if (target !== 'tfjsGraph' || !isSmall || !isStatic(sizes)) return attributes;
  const pixels = windowPadding(sizes, window).flat();
  return { ...attributes, padding: { string: 'EXPLICIT' }, explicit_paddings: { ints: [0, 0, ...pixels, 0, 0] } };
}

/** The sizes of images as an int32 vector: as many as `like` has, each with this height, width and channels. */
export function imageSizes(b: TensorflowBuilder, like: TensorflowTensor, image: readonly number[]): TensorflowTensor {
  const shape = b.node('Shape', [like], { ...typeOf(like, { out_type: { type: 'int32' } }), dtype: 'int32' });
  const batch = b.node('Mul', [shape, indexVector(b, [1, 0, 0, 0])], { attrs: { T: { type: 'int32' } } });
  return b.node('AddV2', [batch, indexVector(b, [0, ...image])], { attrs: { T: { type: 'int32' } } });
}
