import { stableStringify } from '../../hash';
import { isRefList, type Step, type StepId, type StepInputs, type StepProgram, type ValueRef } from '../../ops/program';
import type { OpLookup } from '../../ops/program-builder';

/**
 * Merges steps that compute the same thing from the same values, so that what the train and the infer phase have
 * in common stands once in the graph. Steps with effects are never merged.
 */
export function shareSteps(program: StepProgram, lookup: OpLookup): StepProgram {
  const kept: Step[] = [];
  const byMeaning = new Map<string, StepId>();
  const standIn = new Map<StepId, StepId>();
  const redirect = ({ step, output }: ValueRef): ValueRef => ({ step: standIn.get(step) ?? step, output });
  for (const original of program.steps) {
    const step = { ...original, inputs: redirectInputs(original.inputs, redirect) };
    const meaning = lookup(step.op).effect ? step.id : stableStringify([step.op, step.inputs, step.attrs]);
    const same = byMeaning.get(meaning);
    if (same) standIn.set(step.id, same);
    else {
      byMeaning.set(meaning, step.id);
      kept.push(step);
    }
  }
  return { ...program, steps: kept, entries: redirectFetches(program.entries, redirect) };
}

function redirectInputs(inputs: StepInputs, redirect: (ref: ValueRef) => ValueRef): StepInputs {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, isRefList(input) ? input.map(redirect) : redirect(input)]),
  );
}

function redirectFetches(
  entries: StepProgram['entries'],
  redirect: (ref: ValueRef) => ValueRef,
): StepProgram['entries'] {
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => [
      name,
      {
        ...entry,
        fetches: Object.fromEntries(Object.entries(entry.fetches).map(([key, ref]) => [key, redirect(ref)])),
      },
    ]),
  );
}
