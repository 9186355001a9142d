import type { Program, StateId, Step, Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';
import { isFloat } from '../ops/tensor';
import { copySteps, type Remap } from './copy-steps';

/** A program lowered to one phase, as it stands in a step program. */
export interface Phase {
  readonly outputs: Readonly<Record<string, Value>>;
  readonly updates: readonly (readonly [StateId, Value])[];
  /** The floating-point values that every layer computes, by the layer's scope, in the order of the program. */
  readonly layers: Readonly<Record<string, readonly Value[]>>;
}

/** Adds a lowered program to a step program. */
export function addPhase(b: ProgramBuilder, program: Program): Phase {
  const remap = copySteps(b, program);
  const layers: Record<string, Value[]> = {};
  for (const step of program.steps) {
    const values = computedValues(b, step, remap);
    if (step.scope !== '' && values.length > 0) layers[step.scope] = [...(layers[step.scope] ?? []), ...values];
  }
  return {
    outputs: Object.fromEntries(Object.entries(program.outputs).map(([name, ref]) => [name, remap(ref)])),
    updates: program.updates.map(({ state, value }) => [state, remap(value)] as const),
    layers,
  };
}

/** The floating-point values that a step computes. */
function computedValues(b: ProgramBuilder, { id, op }: Step, remap: Remap): Value[] {
  if (op === 'readState' || op === 'const') return [];
  const values = b.lookup(op).outputs.map((output) => remap({ step: id, output }));
  return values.filter(({ type }) => isFloat(type.dtype));
}

/**
 * For each layer or weight: how many elements of its values are infinite or not a number, an int32 scalar. All values
 * of a layer count, since a ReLU may turn NaN into 0.
 */
export function countNotFinite(b: ProgramBuilder, layers: Phase['layers']): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(layers).map(([scope, values]) => {
      const counts = values.map((value) => notFinite(b, value));
      return [scope, counts.reduce((sum, count) => b.add(sum, count))];
    }),
  );
}

function notFinite(b: ProgramBuilder, value: Value): Value {
  const finite = b.cast(b.value('isFinite', { x: value }), 'int32');
  const axes = value.type.shape.map((_, axis) => axis);
  return b.sum(b.subtract(b.constant(1, 'int32'), finite), axes);
}
