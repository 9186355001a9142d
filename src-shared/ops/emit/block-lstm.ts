import type { TensorflowBuilder, TensorflowTensor } from '../tensorflow-builder';
import type { RecurrentGradients, SequenceSizes } from './cell-arithmetic';
import type { LstmSteps, LstmWeights } from './lstm-cell';
import { indexVector, typeOf, zeroState } from './tensorflow-node';

type T = TensorflowTensor;

/** TensorFlow's fused LSTM over a whole sequence: one node, states from 0, gates in Keras' order. No double kernel. */
export function blockLstm(
  b: TensorflowBuilder,
  { x, bias, ...weights }: LstmWeights<T> & { readonly x: T; readonly bias: T },
  sizes: SequenceSizes,
): LstmSteps<T> {
  const attrs = typeOf(x, { cell_clip: { float: 0 }, use_peephole: { bool: false } });
  const first = b.node('BlockLSTMV2', commonInputs(b, { x, bias, ...weights }, sizes), { ...attrs, dtype: x.dtype });
  const output = (index: number) => b.output(first, index);
  return { i: first, c: output(1), f: output(2), o: output(3), ci: output(4), co: output(5), y: output(6) };
}

/** The fused backpropagation through time of `blockLstm`. */
export function blockLstmGradient(
  b: TensorflowBuilder,
  { dy, y, i, c, f, o, ci, co, ...given }: LstmWeights<T> & LstmSteps<T> & { x: T; bias: T; dy: T },
  sizes: SequenceSizes,
): RecurrentGradients<T> {
  const { x } = given;
  const noStateGradient = b.node('ZerosLike', [c], typeOf(c));
  const inputs = [...commonInputs(b, given, sizes), i, c, f, o, ci, co, y, noStateGradient, dy];
  const dx = b.node('BlockLSTMGradV2', inputs, { ...typeOf(x, { use_peephole: { bool: false } }), dtype: x.dtype });
  const rows = indexVector(b, [sizes.size, sizes.units]);
  const split = typeOf(x, { num_split: { int: 2 }, Tlen: { type: 'int32' } });
  const dKernel = b.node('SplitV', [b.output(dx, 3), rows, b.constant([0], 'int32', [])], split);
  return { dx, dKernel, dRecurrentKernel: b.output(dKernel, 1), dBias: b.output(dx, 7) };
}

/** Length, sequence, first states, weights, peepholes that are not used, bias. */
function commonInputs(
  b: TensorflowBuilder,
  { x, bias, kernel, recurrentKernel }: LstmWeights<T> & { readonly x: T; readonly bias: T },
  { time, units }: SequenceSizes,
): T[] {
  const axis = b.constant([0], 'int32', []);
  const concat = typeOf(x, { N: { int: 2 }, Tidx: { type: 'int32' } });
  const weights = b.node('ConcatV2', [kernel, recurrentKernel, axis], concat);
  const state = zeroState(b, x, units);
  const peephole = b.constant(new Array<number>(units).fill(0), x.dtype, [units]);
  return [b.constant([time], 'int64', []), x, state, state, weights, peephole, peephole, peephole, bias];
}
