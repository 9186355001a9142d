import { abs } from './abs';
import { add } from './add';
import { applyAdam } from './apply-adam';
import { applyMomentum } from './apply-momentum';
import { applyRmsProp } from './apply-rms-prop';
import { argMax } from './arg-max';
import { assign } from './assign';
import { assignAdd } from './assign-add';
import { batchNorm } from './batch-norm';
import { batchNormGrad } from './batch-norm-grad';
import { batchNormInference } from './batch-norm-inference';
import { batchNormTraining } from './batch-norm-training';
import { biasAdd } from './bias-add';
import { broadcastTo } from './broadcast-to';
import { cast } from './cast';
import { concat } from './concat';
import { constant } from './const';
import { conv2d } from './conv2d';
import { conv2dBackpropFilter } from './conv2d-backprop-filter';
import { conv2dBackpropInput } from './conv2d-backprop-input';
import type { OpDefinition } from './define-op';
import { dimSize } from './dim-size';
import { div } from './div';
import { dropout } from './dropout';
import { equal } from './equal';
import { exp } from './exp';
import { expm1 } from './expm1';
import { feed } from './feed';
import { floor } from './floor';
import { gather } from './gather';
import { greater } from './greater';
import { isFiniteOp } from './is-finite';
import { isNaNOp } from './is-nan';
import { log } from './log';
import { log1p } from './log1p';
import { lookup } from './lookup';
import { matMul } from './mat-mul';
import { maxPoolGrad } from './max-pool-grad';
import { maxPool2d } from './max-pool2d';
import { maximum } from './maximum';
import { minimum } from './minimum';
import { mul } from './mul';
import { neg } from './neg';
import { oneHot } from './one-hot';
import { pad } from './pad';
import { pow } from './pow';
import { randomUniform } from './random-uniform';
import { readState } from './read-state';
import { reduceMax } from './reduce-max';
import { reduceMean } from './reduce-mean';
import { reduceSum } from './reduce-sum';
import { relu } from './relu';
import { reluGrad } from './relu-grad';
import { reshape } from './reshape';
import { reverse } from './reverse';
import { select } from './select';
import { sigmoid } from './sigmoid';
import { sign } from './sign';
import { slice } from './slice';
import { softmax } from './softmax';
import { softmaxCrossEntropy } from './softmax-cross-entropy';
import { softplus } from './softplus';
import { sparseSoftmaxCrossEntropy } from './sparse-softmax-cross-entropy';
import { sqrt } from './sqrt';
import { square } from './square';
import { sub } from './sub';
import { tanh } from './tanh';
import { transpose } from './transpose';

/** Every op, one line each. */
export const ops: readonly OpDefinition[] = [
  abs,
  add,
  applyAdam,
  applyMomentum,
  applyRmsProp,
  argMax,
  assignAdd,
  assign,
  batchNormGrad,
  batchNormInference,
  batchNormTraining,
  batchNorm,
  biasAdd,
  broadcastTo,
  cast,
  concat,
  constant,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  conv2d,
  dimSize,
  div,
  dropout,
  equal,
  exp,
  expm1,
  feed,
  floor,
  gather,
  greater,
  isFiniteOp,
  isNaNOp,
  log,
  log1p,
  lookup,
  matMul,
  maxPoolGrad,
  maxPool2d,
  maximum,
  minimum,
  mul,
  neg,
  oneHot,
  pad,
  pow,
  randomUniform,
  readState,
  reduceMax,
  reduceMean,
  reduceSum,
  reluGrad,
  relu,
  reshape,
  reverse,
  select,
  sigmoid,
  sign,
  slice,
  softmaxCrossEntropy,
  softmax,
  softplus,
  sparseSoftmaxCrossEntropy,
  sqrt,
  square,
  sub,
  tanh,
  transpose,
];

const byName = new Map(ops.map((op) => [op.name, op]));

/** The op of this name; throws for a name that no op has, which only a damaged program can carry. */
export function lookupOp(name: string): OpDefinition {
  const op = byName.get(name);
  if (!op) throw new Error(`There is no op "${name}".`);
  return op;
}
