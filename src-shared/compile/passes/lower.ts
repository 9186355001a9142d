import type { Phase, Program, StateId, Value } from '../../ops/program';
import { type OpLookup, ProgramBuilder } from '../../ops/program-builder';
import { tensorType } from '../../ops/tensor';
import { copySteps } from '../copy-steps';
import { keepReachable } from './dead-steps';

/** Counts optimizer steps, int32; randomness in the train phase is keyed by it. */
export const stepCounterState: StateId = 'training/step';

export interface LowerOptions {
  readonly phase: Phase;
  /** Names of layers that do not learn: they run as in inference and their moving averages stay. */
  readonly frozen?: readonly string[];
}

/**
 * Gives phase-dependent ops (`dropout`, `batchNorm`) and shorthand ops their meaning in one phase, and picks the
 * updates of that phase. The result holds only ops that runners and exporters know, and no dead steps.
 */
export function lower(program: Program, options: LowerOptions, lookup: OpLookup): Program {
  let lowered: Program = { ...program, updates: updatesOf(program, options) };
  while (lowered.steps.some((step) => lookup(step.op).lower)) lowered = lowerOnce(lowered, options, lookup);
  return keepReachable(lowered);
}

function updatesOf(program: Program, { phase, frozen = [] }: LowerOptions): Program['updates'] {
  return program.updates.filter(
    (update) => (update.phase === phase || update.phase === 'both') && !isFrozen(update.state, frozen),
  );
}

/** Whether a state belongs to one of the named layers: ids are `layer/role`. */
export function isFrozen(state: StateId, frozen: readonly string[]): boolean {
  return frozen.some((layer) => state.startsWith(`${layer}/`));
}

function lowerOnce(program: Program, { phase, frozen = [] }: LowerOptions, lookup: OpLookup): Program {
  const b = ProgramBuilder.from({ ...program, steps: [], updates: [] }, lookup);
  let counter: Value | undefined;
  const stepCounter = () => {
    counter ??= declareStepCounter(b);
    return counter;
  };
  const remap = copySteps(b, program, (step, inputs) => {
    const definition = lookup(step.op);
    const trainable = !frozen.includes(step.scope);
    const context = {
      attrs: step.attrs,
      phase,
      trainable,
      ...(phase === 'train' ? { stepCounter: stepCounter() } : {}),
    };
    // The catalogue erases the names of inputs; the builder proved that the step has them.
    return definition.lower?.(b, inputs as Parameters<typeof definition.lower>[1], context);
  });
  for (const { state, value, phase: when } of program.updates) b.update(state, remap(value), when);
  return b.build(Object.fromEntries(Object.entries(program.outputs).map(([name, ref]) => [name, remap(ref)])));
}

/** Declares the step counter, or finds it, and reads it. */
export function declareStepCounter(b: ProgramBuilder): Value {
  return b.declare({
    id: stepCounterState,
    type: tensorType('int32', []),
    init: { type: 'zeros' },
    kind: 'slot',
    trainable: false,
  });
}
