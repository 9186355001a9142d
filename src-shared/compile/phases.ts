import type { Program, StateId, Step, Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';
import { isFloat } from '../ops/tensor';
import { copySteps, type Remap } from './copy-steps';

/** A program lowered to one phase, as it stands in a step program. */
export interface Phase {
  readonly outputs: Readonly<Record<string, Value>>;
  readonly updates: readonly (readonly [StateId, Value])[];
  /** The last floating-point value of every layer, by the layer's scope, in the order of the program. */
  readonly layers: Readonly<Record<string, Value>>;
}

/** Adds a lowered program to a step program. */
export function addPhase(b: ProgramBuilder, program: Program): Phase {
  const remap = copySteps(b, program);
  return {
    outputs: Object.fromEntries(Object.entries(program.outputs).map(([name, ref]) => [name, remap(ref)])),
    updates: program.updates.map(({ state, value }) => [state, remap(value)] as const),
    layers: Object.fromEntries(program.steps.flatMap((step) => lastValue(b, step, remap))),
  };
}

function lastValue(b: ProgramBuilder, step: Step, remap: Remap): (readonly [string, Value])[] {
  const [output] = b.lookup(step.op).outputs;
  if (!output || step.scope === '' || step.op === 'readState') return [];
  const value = remap({ step: step.id, output });
  return isFloat(value.type.dtype) ? [[step.scope, value]] : [];
}

/** For each value: how many of its elements are infinite or not a number, an int32 scalar. */
export function countNotFinite(b: ProgramBuilder, values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const finite = b.cast(b.value('isFinite', { x: value }), 'int32');
      const axes = value.type.shape.map((_, axis) => axis);
      return [name, b.sum(b.subtract(b.constant(1, 'int32'), finite), axes)];
    }),
  );
}
