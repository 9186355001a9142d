import type { Regularizer, State, Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';

/**
 * Adds Keras' penalties of the given states to a loss: l1 · Σ|w| + l2 · Σw². Keras counts those of trainable weights.
 */
export function addPenalties(b: ProgramBuilder, loss: Value, states: readonly State[]): Value {
  return states.reduce(
    (sum, { id, regularizer }) => (regularizer ? b.add(sum, penalty(b, b.read(id), regularizer)) : sum),
    loss,
  );
}

function penalty(b: ProgramBuilder, weight: Value, { l1, l2 }: Regularizer): Value {
  const axes = weight.type.shape.map((_, axis) => axis);
  const absolute = () => b.scale(b.sum(b.unary('abs', weight), axes), l1);
  const squared = () => b.scale(b.sum(b.unary('square', weight), axes), l2);
  if (l2 === 0) return absolute();
  return l1 === 0 ? squared() : b.add(absolute(), squared());
}
