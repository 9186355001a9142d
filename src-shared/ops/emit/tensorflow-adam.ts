import { isStatic, type Shape } from '../dims';
import { elementCount } from '../tensor';
import type { TensorflowBuilder, TensorflowTensor } from '../tensorflow-builder';
import { scalar, typeOf } from './tensorflow-node';

export interface AdamStates {
  readonly state: string;
  readonly m: string;
  readonly v: string;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export interface AdamInputs {
  readonly gradient: TensorflowTensor;
  readonly learningRate: TensorflowTensor;
  readonly beta1Power: TensorflowTensor;
  readonly beta2Power: TensorflowTensor;
}

/**
 * `ResourceApplyAdam` on the processor tells its threads a cost that grows with the square of the size, so that some
 * hundred elements are already cut in pieces and handed out; waking threads for them takes longer than the sums. Above
 * the upper bound there is enough to do for every thread, below the lower one it does all by itself.
 */
const [smallest, largest] = [256, 16_384];

/** Whether plain nodes take less time than the fused kernel for a weight of this shape. */
export function isFasterInParts(shape: Shape): boolean {
  if (!isStatic(shape)) return false;
  const size = elementCount(shape);
  return size > smallest && size <= largest;
}

/** Adam as plain nodes, as `applyAdam` says it: m and v first, then w from the new ones. */
export function adamInParts(b: TensorflowBuilder, inputs: AdamInputs, adam: AdamStates): void {
  const { gradient, learningRate, beta1Power, beta2Power } = inputs;
  const number = (value: number) => scalar(b, value, gradient);
  const node = (op: string, ...from: TensorflowTensor[]) => b.node(op, from, typeOf(gradient));
  const towards = (mean: TensorflowTensor, sample: TensorflowTensor, share: number) =>
    node('AddV2', mean, node('Mul', node('Sub', sample, mean), number(share)));
  const m = towards(b.read(adam.m), gradient, 1 - adam.beta1);
  const v = towards(b.read(adam.v), node('Square', gradient), 1 - adam.beta2);
  const correction = node(
    'RealDiv',
    node('Sqrt', node('Sub', number(1), beta2Power)),
    node('Sub', number(1), beta1Power),
  );
  const rate = node('Mul', learningRate, correction);
  const step = node('RealDiv', node('Mul', m, rate), node('AddV2', node('Sqrt', v), number(adam.epsilon)));
  assign(b, adam.m, m);
  assign(b, adam.v, v);
  assign(b, adam.state, node('Sub', b.read(adam.state), step));
}

function assign(b: TensorflowBuilder, state: string, value: TensorflowTensor): void {
  b.node('AssignVariableOp', [b.handle(state), value], { attrs: { dtype: { type: value.dtype } } });
  b.effect([state]);
}
