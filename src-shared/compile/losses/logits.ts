import type { Value } from '../../ops/program';
import { isRefList } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';

/** Keras' `backend.epsilon()`: probabilities are kept this far from 0 and 1 before their logarithm is taken. */
export const epsilon = 1e-7;

/**
 * What `activation` was applied to, where `output` is its result. The loss is then computed from logits, which is
 * exact where probabilities round to 0 or 1, while the model itself still ends in probabilities.
 */
export function logitsOf(b: ProgramBuilder, output: Value, activation: 'softmax' | 'sigmoid'): Value | undefined {
  const step = b.steps.find(({ id }) => id === output.step);
  const input = step?.op === activation ? step.inputs.x : undefined;
  return input && !isRefList(input) ? b.typed(input) : undefined;
}

/** Probabilities moved into [epsilon, 1 − epsilon]. */
export function clipProbabilities(b: ProgramBuilder, probabilities: Value): Value {
  const { dtype } = probabilities.type;
  return b.minimum(b.maximum(probabilities, b.constant(epsilon, dtype)), b.constant(1 - epsilon, dtype));
}

/** The mean of all elements: a scalar. */
export function meanOfAll(b: ProgramBuilder, x: Value): Value {
  return b.mean(
    x,
    x.type.shape.map((_, axis) => axis),
  );
}

/** The last axis as a list, for reductions. */
export function lastAxis(x: Value): readonly number[] {
  return [x.type.shape.length - 1];
}
