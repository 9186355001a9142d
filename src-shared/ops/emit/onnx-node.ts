import type { OnnxBuilder, OnnxTensor } from '../onnx-builder';
import type { Window } from '../shapes/window';
import type { DType } from '../tensor';

/** `TensorProto.DataType` of the ONNX specification. */
const elementTypes: Readonly<Record<DType, number>> = {
  float32: 1,
  float64: 11,
  uint8: 2,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  bfloat16: 16,
};

export function castOnnx(b: OnnxBuilder, x: OnnxTensor, dtype: DType): OnnxTensor {
  return x.dtype === dtype ? x : b.node('Cast', [x], { attrs: { to: { i: elementTypes[dtype] } }, dtype });
}

/** A list of whole numbers as an int64 vector: sizes, axes, starts. */
export function indexVectorOnnx(b: OnnxBuilder, values: readonly number[]): OnnxTensor {
  return b.constant(values, 'int64', [values.length]);
}

export function transposeOnnx(b: OnnxBuilder, x: OnnxTensor, perm: readonly number[]): OnnxTensor {
  return b.node('Transpose', [x], { attrs: { perm: { ints: perm } } });
}

/** Between TensorFlow's image layout and ONNX's. The layout pass of the exporter cancels neighbouring pairs. */
export const toChannelsFirst: readonly number[] = [0, 3, 1, 2];
export const toChannelsLast: readonly number[] = [0, 2, 3, 1];

/**
 * Strides and padding of a sliding window. TensorFlow's `same` puts the odd pixel below and right, as `SAME_UPPER`
 * does. ONNX Runtime refuses that with dilations; strides are then 1 and the padding is (size − 1) · dilation in all.
 */
export function windowAttributesOnnx({ size, strides, padding, dilations = [1, 1] }: Window) {
  if (padding === 'valid' || dilations.every((n) => n === 1)) {
    return { strides: { ints: strides }, auto_pad: { s: padding === 'same' ? 'SAME_UPPER' : 'VALID' } };
  }
  const total = size.map((n, i) => (n - 1) * (dilations[i] ?? 1));
  const before = total.map((n) => Math.floor(n / 2));
  const after = total.map((n) => Math.ceil(n / 2));
  return { strides: { ints: strides }, pads: { ints: [...before, ...after] } };
}
