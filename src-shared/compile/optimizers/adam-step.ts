import type { StepId, Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';
import { addEffect, assign } from '../effects';
import type { WeightUpdate } from './define-optimizer';
import { declareShared, declareSlot } from './slots';

export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** β1 and β2 to the power of the step's number, counted from 1. */
export function betaPowers(
  b: ProgramBuilder,
  { beta1, beta2 }: AdamSettings,
): { beta1Power: Value; beta2Power: Value } {
  return {
    beta1Power: declareShared(b, 'beta1Power', { type: 'constant', value: beta1 }).value,
    beta2Power: declareShared(b, 'beta2Power', { type: 'constant', value: beta2 }).value,
  };
}

/** Multiplies the powers for the next step; within a step all weights read the same ones. */
export function moveBetaPowers(b: ProgramBuilder, settings: AdamSettings): StepId[] {
  const { beta1Power, beta2Power } = betaPowers(b, settings);
  return [
    assign(b, 'optimizer/beta1Power', b.scale(beta1Power, settings.beta1)),
    assign(b, 'optimizer/beta2Power', b.scale(beta2Power, settings.beta2)),
  ];
}

/** m ← β1·m + (1 − β1)·g; v ← β2·v + (1 − β2)·g²; w ← w − rate · √(1 − β2ᵗ)/(1 − β1ᵗ) · m/(√v + ε). */
export function applyAdam(b: ProgramBuilder, update: WeightUpdate, settings: AdamSettings): StepId[] {
  const { state, gradient, learningRate } = update;
  const { beta1, beta2, epsilon } = settings;
  const inputs = { gradient, learningRate, ...betaPowers(b, settings) };
  const attrs = {
    state: state.id,
    m: declareSlot(b, state, 'momentum').id,
    v: declareSlot(b, state, 'velocity').id,
    beta1,
    beta2,
    epsilon,
  };
  return [addEffect(b, 'applyAdam', { inputs, attrs })];
}
