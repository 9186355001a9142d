import type { Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';
import type { TensorType } from '../../ops/tensor';
import type { Text } from '../../text';

/** A loss with Keras' definition: adds ops, and says what it wants to be compared with. */
export interface LossDefinition {
  readonly name: string;
  readonly label: Text;
  /** What it compares: probabilities with classes, or numbers with numbers. */
  readonly compares: 'classes' | 'numbers';
  /** The type of the target for a model with this output, or a ProblemError where the two do not fit. */
  readonly targetType: (output: TensorType) => TensorType;
  /**
   * The mean over the batch (and over all other dimensions but the last, as Keras' `sum_over_batch_size`): a
   * float32 scalar.
   */
  readonly build: (b: ProgramBuilder, values: { readonly output: Value; readonly target: Value }) => Value;
}

export function defineLoss(definition: LossDefinition): LossDefinition {
  return definition;
}
