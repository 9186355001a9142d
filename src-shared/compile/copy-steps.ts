import { isRefList, type Program, refKey, type Step, type Value, type ValueRef } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';

/** Where a reference of the copied program stands in the builder. */
export type Remap = (ref: ValueRef) => Value;

/** Puts other steps in a step's place, or returns `undefined` to copy it as it is. */
export type Replace = (
  step: Step,
  inputs: Readonly<Record<string, Value | Value[]>>,
  remap: Remap,
) => Outputs | undefined;
type Outputs = Readonly<Record<string, Value>>;

/**
 * Adds the steps of another program to a builder, under new ids. States the builder lacks are added; a state that
 * it has is shared, and read once.
 */
export function copySteps(b: ProgramBuilder, program: Pick<Program, 'steps' | 'state'>, replace?: Replace): Remap {
  for (const state of program.state) if (!b.state.some(({ id }) => id === state.id)) b.state.push(state);
  const copies = new Map<string, Value>();
  const remap: Remap = (ref) => {
    const copy = copies.get(refKey(ref));
    if (!copy) throw new Error(`The program reads ${refKey(ref)} before it is computed.`);
    return copy;
  };
  for (const step of program.steps) {
    const outputs = b.inScope(step.scope, () => copyStep(b, step, { remap, ...(replace ? { replace } : {}) }));
    for (const [output, value] of Object.entries(outputs)) copies.set(refKey({ step: step.id, output }), value);
  }
  return remap;
}

function copyStep(b: ProgramBuilder, step: Step, { remap, replace }: { remap: Remap; replace?: Replace }): Outputs {
  const inputs = Object.fromEntries(
    Object.entries(step.inputs).map(([name, input]) => [name, isRefList(input) ? input.map(remap) : remap(input)]),
  );
  const replaced = replace?.(step, inputs, remap);
  if (replaced) return replaced;
  if (step.op === 'readState') return { y: b.read(String(step.attrs.state)) };
  return b.op(step.op, inputs, step.attrs);
}
