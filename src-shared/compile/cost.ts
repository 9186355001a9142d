import type { Cost } from '../ops/define-op';
import type { Dim } from '../ops/dims';
import type { Program, Step } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';

/** How many numbers the program's weights and moving averages hold: Keras' `count_params`. */
export function countParameters({ state }: Pick<Program, 'state'>): number {
  return state
    .filter(({ kind }) => kind === 'weight' || kind === 'moving')
    .reduce((sum, { type }) => sum + type.shape.reduce<number>((size, dim) => size * Number(dim), 1), 0);
}

/** Multiplications and additions of one step, over `batch` and other symbols; 0 for an op that does not say. */
export function stepFlops(b: ProgramBuilder, step: Step): Dim {
  return stepCost(b, step)?.flops ?? 0;
}

/** What one step costs, where its op says so. */
export function stepCost(b: ProgramBuilder, step: Step): Cost | undefined {
  const { cost } = b.lookup(step.op);
  if (!cost) return undefined;
  const typesOf = (value: { type: unknown } | { type: unknown }[]) =>
    Array.isArray(value) ? value.map(({ type }) => type) : value.type;
  const inputs = Object.entries(b.inputsOf(step)).map(([name, value]) => [name, typesOf(value)]);
  const outputs = Object.entries(b.outputsOf(step)).map(([name, value]) => [name, value.type]);
  // The catalogue erases the names of inputs and outputs; the builder proved that the step has the declared ones.
  return cost(Object.fromEntries(inputs), Object.fromEntries(outputs), step.attrs);
}
