import type { Text } from '../../text';
import type { ParamDeclarations, ParamsOf } from '../../types/params';

/** A learning-rate schedule: a pure function of the optimizer step, with Keras' definition. */
export interface ScheduleDefinition<P extends ParamDeclarations = ParamDeclarations> {
  readonly name: string;
  readonly label: Text;
  readonly params: P;
  /**
   * @param settings the schedule's params and `learningRate`, the optimizer's own
   * @param step optimizer step, from 0
   * @param steps optimizer steps in all
   */
  readonly rate: (settings: ParamsOf<P> & { readonly learningRate: number }, step: number, steps: number) => number;
}

export function defineSchedule<const P extends ParamDeclarations>(
  definition: ScheduleDefinition<P>,
): ScheduleDefinition<P> {
  return definition;
}
