import { mapValues } from '../../map-values';
import type { Cell, StepArithmetic } from './cell-arithmetic';

/** A cell written out step after step. */
export function unroll<T, S extends string, C extends string, W extends string, O extends string>(
  m: StepArithmetic<T>,
  { time, reverse = false, sequences, state, weights, outputs: names, step }: Cell<T, S, C, W, O>,
): Readonly<Record<O, T>> {
  const parts = mapValues(sequences, (sequence) => m.unstack(sequence, time));
  const made = new Array<Readonly<Record<O, T>>>(time);
  let now = state;
  for (let i = 0; i < time; i++) {
    const t = reverse ? time - 1 - i : i;
    const { state: next, outputs } = step(m, { ...weights, ...now, ...mapValues(parts, (part) => at(part, t)) });
    made[t] = outputs;
    now = next;
  }
  const stacked = names.map((name) => [name, m.stack(made.map((outputs) => outputs[name]))]);
  return Object.fromEntries(stacked) as Record<O, T>;
}

function at<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new Error(`There is no step ${index} of ${values.length}.`);
  return value;
}
