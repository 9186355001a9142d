import type { StepId } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';
import { type ParamsOf, variant } from '../../types/params';
import { adam } from './adam';
import { adamw } from './adamw';
import type { OptimizerDefinition, WeightUpdate } from './define-optimizer';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';

/** Every optimizer, one line each. */
const optimizers = { adam, adamw, sgd, rmsprop } as const;

/** The choice of an optimizer and its hyperparameters, as a node's param. */
export const optimizerParam = variant({
  label: { en: 'Optimizer', zh: '优化器' },
  default: 'adam',
  variants: optimizers,
});

export type OptimizerSettings = ParamsOf<{ optimizer: typeof optimizerParam }>['optimizer'];

/** Adds one step of the chosen optimizer over all weights; returns the effects to run. */
export function applyOptimizer(
  b: ProgramBuilder,
  updates: readonly WeightUpdate[],
  settings: OptimizerSettings,
): StepId[] {
  // `settings` is the form whose `type` names this optimizer, so its fields are this optimizer's params.
  const optimizer = optimizers[settings.type] as unknown as OptimizerDefinition;
  const params = settings as Parameters<OptimizerDefinition['apply']>[2];
  const effects = updates.flatMap((update) => optimizer.apply(b, update, params));
  return [...effects, ...(optimizer.finish?.(b, params) ?? [])];
}
