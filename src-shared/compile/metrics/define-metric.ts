import type { Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';
import type { Text } from '../../text';

/** A metric that is summed over batches: the mean over the rows is the sum of the sums divided by the rows. */
export interface MetricDefinition {
  readonly name: string;
  readonly label: Text;
  /** True where a larger value is better. */
  readonly isBetterHigher: boolean;
  /** The batch's sum over its rows: an int32 scalar for counts, a float32 scalar for sums. */
  readonly build: (b: ProgramBuilder, values: { readonly output: Value; readonly target: Value }) => Value;
}

export function defineMetric(definition: MetricDefinition): MetricDefinition {
  return definition;
}

/** How many elements of a bool tensor are true: an int32 scalar. */
export function countTrue(b: ProgramBuilder, condition: Value): Value {
  return b.sum(
    b.cast(condition, 'int32'),
    condition.type.shape.map((_, axis) => axis),
  );
}
