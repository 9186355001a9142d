import { inputRefs, isRefList, refKey, type Step, type Value, type ValueRef } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';
import { isFloat } from '../ops/tensor';
import { fail } from '../problem';

/**
 * Reverse-mode differentiation of a scalar (Griewank & Walther, "Evaluating Derivatives", 2nd ed., chapter 3): adds
 * the steps that compute the gradient of `loss` with respect to each of `wrt`.
 *
 * @returns One gradient per value of `wrt`, of its shape; `undefined` where the loss does not depend on it.
 * @throws ProblemError `no-gradient` where the path from a value to the loss leads through an op without one.
 */
export function addGradients(b: ProgramBuilder, loss: Value, wrt: readonly Value[]): (Value | undefined)[] {
  const sums: Sums = { b, isDependent: dependence(b.steps, wrt), byValue: new Map() };
  if (sums.isDependent(loss)) addGradient(sums, loss, b.constant(1, loss.type.dtype));
  for (const step of [...b.steps].reverse()) b.inScope(step.scope, () => addThrough(sums, step));
  return wrt.map((value) => sums.byValue.get(refKey(value)));
}

/** The gradients found so far, summed over all uses of a value. */
interface Sums {
  readonly b: ProgramBuilder;
  readonly isDependent: (ref: ValueRef) => boolean;
  readonly byValue: Map<string, Value>;
}

/** Tells the values that change when one of `values` does. */
function dependence(steps: readonly Step[], values: readonly ValueRef[]): (ref: ValueRef) => boolean {
  const keys = new Set(values.map(refKey));
  const dependentSteps = new Set<string>();
  const isDependent = (ref: ValueRef) => keys.has(refKey(ref)) || dependentSteps.has(ref.step);
  for (const step of steps) if (inputRefs(step).some(isDependent)) dependentSteps.add(step.id);
  return isDependent;
}

function addThrough({ b, ...sums }: Sums, step: Step): void {
  if (!inputRefs(step).some(sums.isDependent)) return;
  const outputs = b.outputsOf(step);
  const dOutputs = Object.fromEntries(
    Object.entries(outputs).flatMap(([name, output]) => {
      const gradient = sums.byValue.get(refKey(output));
      return gradient ? [[name, gradient]] : [];
    }),
  );
  if (Object.keys(dOutputs).length === 0) return;
  const { gradient } = b.lookup(step.op);
  if (!gradient) fail('no-gradient', { op: step.op }, { node: step.scope });
  // The catalogue erases the names of inputs; the builder proved that the step has them.
  const inputs = b.inputsOf(step) as Parameters<typeof gradient>[1];
  const found = gradient(b, inputs, { attrs: step.attrs, outputs, dOutputs });
  for (const [name, dInput] of Object.entries(found)) {
    const input = step.inputs[name];
    if (!input || !dInput) continue;
    const refs = isRefList(input) ? input : [input];
    const dValues = isValueList(dInput) ? dInput : [dInput];
    for (const [i, ref] of refs.entries()) addGradient({ b, ...sums }, ref, dValues[i]);
  }
}

function addGradient({ b, isDependent, byValue }: Sums, ref: ValueRef, gradient: Value | undefined): void {
  if (!gradient || !isDependent(ref) || !isFloat(b.typeOf(ref).dtype)) return;
  const sum = byValue.get(refKey(ref));
  byValue.set(refKey(ref), sum ? b.add(sum, gradient) : gradient);
}

function isValueList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}
