import type { Attributes, StateId, StepId, Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';

/** Adds a step that changes state and returns its id, to stand among an entry's targets. */
export function addEffect(
  b: ProgramBuilder,
  op: string,
  { inputs, attrs }: { readonly inputs: Readonly<Record<string, Value>>; readonly attrs: Attributes },
): StepId {
  b.op(op, inputs, attrs);
  const step = b.steps.at(-1);
  if (!step) throw new Error(`The op "${op}" was not added.`);
  return step.id;
}

/** `state ← value`. All reads of an entry come before its effects. */
export function assign(b: ProgramBuilder, state: StateId, value: Value): StepId {
  return addEffect(b, 'assign', { inputs: { value }, attrs: { state } });
}

/** `state ← state + value`. */
export function assignAdd(b: ProgramBuilder, state: StateId, value: Value): StepId {
  return addEffect(b, 'assignAdd', { inputs: { value }, attrs: { state } });
}
