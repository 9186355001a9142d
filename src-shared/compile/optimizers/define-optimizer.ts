import type { State, StepId, Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';
import type { Text } from '../../text';
import type { ParamDeclarations, ParamsOf } from '../../types/params';

/** One weight in one optimizer step. */
export interface WeightUpdate {
  readonly state: State;
  /** The weight's value before the step. */
  readonly weight: Value;
  /** After clipping. */
  readonly gradient: Value;
  /** A float32 scalar. */
  readonly learningRate: Value;
}

/** An optimizer with Keras 3's definition and defaults: the states it keeps per weight and the effects of a step. */
export interface OptimizerDefinition<P extends ParamDeclarations = ParamDeclarations> {
  readonly name: string;
  readonly label: Text;
  readonly params: P;
  /** Adds the step's effects on one weight and its slots; returns the steps to run. */
  readonly apply: (b: ProgramBuilder, update: WeightUpdate, params: ParamsOf<P>) => readonly StepId[];
  /** Effects that happen once per step, whatever the number of weights. */
  readonly finish?: (b: ProgramBuilder, params: ParamsOf<P>) => readonly StepId[];
}

export function defineOptimizer<const P extends ParamDeclarations>(
  definition: OptimizerDefinition<P>,
): OptimizerDefinition<P> {
  return definition;
}
