import type { StepId, Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';
import { float } from '../../types/params';
import { assign } from '../effects';
import { type AdamSettings, betaPowers, moveBetaPowers } from './adam-step';
import { defineOptimizer, type WeightUpdate } from './define-optimizer';
import { beta1Param, beta2Param, epsilonParam, learningRateParam } from './hyperparameters';
import { declareSlot } from './slots';

/**
 * Keras' `AdamW` (Loshchilov & Hutter 2017): every weight, biases and norms too (Keras' default, which excludes
 * none), shrinks by rate · weightDecay before Adam's step. Composed of assignments, so that decay and step are one
 * write and their order cannot vary.
 */
export const adamw = defineOptimizer({
  name: 'adamw',
  label: { en: 'AdamW', zh: 'AdamW' },
  params: {
    learningRate: learningRateParam(0.001),
    weightDecay: float({
      label: { en: 'Weight decay', zh: '权重衰减' },
      help: {
        en: 'Share of each weight that is lost per step, times the learning rate.',
        zh: '每步每个权重损失的比例（乘以学习率）。',
      },
      default: 0.004,
      min: 0,
    }),
    beta1: beta1Param,
    beta2: beta2Param,
    epsilon: epsilonParam,
  },
  apply: (b, update, params) => {
    const { state, gradient, weight, learningRate } = update;
    const m = moveSlot(b, update, { role: 'momentum', next: gradient, beta: params.beta1 });
    const v = moveSlot(b, update, { role: 'velocity', next: b.unary('square', gradient), beta: params.beta2 });
    const root = b.add(b.unary('sqrt', v.value), b.constant(params.epsilon, weight.type.dtype));
    const step = b.divide(b.multiply(m.value, correctedRate(b, learningRate, params)), root);
    const decay = b.multiply(weight, b.scale(learningRate, params.weightDecay));
    return [m.effect, v.effect, assign(b, state.id, b.subtract(b.subtract(weight, decay), step))];
  },
  finish: moveBetaPowers,
});

/** slot ← slot + (next − slot) · (1 − β), Keras' order of operations. */
function moveSlot(
  b: ProgramBuilder,
  { state }: WeightUpdate,
  { role, next, beta }: { readonly role: string; readonly next: Value; readonly beta: number },
): { value: Value; effect: StepId } {
  const slot = declareSlot(b, state, role);
  const value = b.add(slot.value, b.scale(b.subtract(next, slot.value), 1 - beta));
  return { value, effect: assign(b, slot.id, value) };
}

/** rate · √(1 − β2ᵗ) / (1 − β1ᵗ). */
function correctedRate(b: ProgramBuilder, learningRate: Value, settings: AdamSettings): Value {
  const { beta1Power, beta2Power } = betaPowers(b, settings);
  const one = b.constant(1, learningRate.type.dtype);
  const root = b.unary('sqrt', b.subtract(one, beta2Power));
  return b.divide(b.multiply(learningRate, root), b.subtract(one, beta1Power));
}
