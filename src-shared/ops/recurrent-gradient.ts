import type { Value } from './program';
import type { ProgramBuilder } from './program-builder';

/**
 * The gradients of a recurrent op's sequence and weights.
 * @param given the op's own inputs, what its training op computed at every step, and `dy` [time, batch, units]
 */
export function recurrentGradient(
  g: ProgramBuilder,
  op: 'lstmGrad' | 'gruGrad',
  given: Readonly<Record<string, Value>>,
): Record<'x' | 'kernel' | 'recurrentKernel' | 'bias', Value> {
  const { dx, dKernel, dRecurrentKernel, dBias } = g.op(op, given);
  if (!dx || !dKernel || !dRecurrentKernel || !dBias) throw new Error(`The op "${op}" lacks an output.`);
  return { x: dx, kernel: dKernel, recurrentKernel: dRecurrentKernel, bias: dBias };
}
