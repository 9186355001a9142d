import type { OnnxBuilder, OnnxTensor } from '../onnx-builder';
import type { SequenceSizes } from './cell-arithmetic';
import { indexVectorOnnx, transposeOnnx } from './onnx-node';

export interface RecurrentOnnx extends SequenceSizes {
  readonly opType: 'LSTM' | 'GRU';
  /** Where ONNX' gates stand among Keras'. */
  readonly order: readonly number[];
}

interface Inputs {
  readonly x: OnnxTensor;
  readonly kernel: OnnxTensor;
  readonly recurrentKernel: OnnxTensor;
  readonly bias: OnnxTensor;
}

/**
 * ONNX' LSTM or GRU over [time, batch, in]: weights [1, gates · units, n] and one bias for the input and one for the
 * state, side by side. A GRU with `linear_before_reset` is Keras' with `reset_after`.
 */
export function recurrentOnnx(b: OnnxBuilder, { x, ...weights }: Inputs, kind: RecurrentOnnx): OnnxTensor {
  const { opType, order, units } = kind;
  const places = order.flatMap((gate) => Array.from({ length: units }, (_, i) => gate * units + i));
  const arrange = (rows: OnnxTensor, axis: number) =>
    b.node('Gather', [rows, indexVectorOnnx(b, places)], { attrs: { axis: { i: axis } } });
  const oneDirection = (tensor: OnnxTensor) => b.node('Unsqueeze', [tensor, indexVectorOnnx(b, [0])]);
  const matrix = (kernel: OnnxTensor) => oneDirection(arrange(transposeOnnx(b, kernel, [1, 0]), 0));
  const gru = opType === 'GRU' ? { linear_before_reset: { i: 1 } } : {};
  const inputs = [
    x,
    matrix(weights.kernel),
    matrix(weights.recurrentKernel),
    biases(b, weights.bias, { arrange, kind }),
  ];
  const y = b.node(opType, inputs, { attrs: { hidden_size: { i: units }, ...gru } });
  return b.node('Squeeze', [y, indexVectorOnnx(b, [1])]);
}

/** Keras' LSTM has one bias, for the input; its GRU one for each, as rows. */
function biases(
  b: OnnxBuilder,
  bias: OnnxTensor,
  { arrange, kind }: { readonly arrange: (rows: OnnxTensor, axis: number) => OnnxTensor; readonly kind: RecurrentOnnx },
): OnnxTensor {
  const width = kind.order.length * kind.units;
  if (kind.opType === 'GRU') return b.node('Reshape', [arrange(bias, 1), indexVectorOnnx(b, [1, 2 * width])]);
  const none = b.constant(new Array<number>(width).fill(0), bias.dtype, [width]);
  const both = b.node('Concat', [arrange(bias, 0), none], { attrs: { axis: { i: 0 } } });
  return b.node('Unsqueeze', [both, indexVectorOnnx(b, [0])]);
}
