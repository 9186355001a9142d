import type { Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';

/** Blanks a share of the values while training, from 0 (nothing is added) to below 1. */
export function dropValues(b: ProgramBuilder, x: Value, rate: number): Value {
  // The seed is the layer's place among its kind: renaming a layer changes nothing, two layers differ.
  const seed = b.steps.filter(({ op }) => op === 'dropout').length;
  return rate === 0 ? x : b.value('dropout', { x }, { rate, seed });
}
