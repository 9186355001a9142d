import type { Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';

export interface MaskedSequence {
  /** [batch, time, in]. */
  readonly x: Value;
  /** [batch, time], int32: 1 where a step counts. */
  readonly mask: Value;
  /** What is asked for: the last output alone, every output, or every output with 0 at the masked steps. */
  readonly outputs: 'last' | 'repeated' | 'zeroed';
}

/**
 * Runs a recurrent computation over the steps that count, with Keras' meaning of a mask: a masked step changes no
 * state and repeats the last output, which is 0 before the first step that counts. The steps that count are moved to
 * the front, in their order; what is computed behind them is never read.
 * @param run [batch, time, in] → [batch, time, units]
 */
export function skipMaskedSteps(
  b: ProgramBuilder,
  { x, mask, outputs }: MaskedSequence,
  run: (compact: Value) => Value,
): Value {
  const [batch = 1, time = 1] = x.type.shape;
  const lastOnly = outputs === 'last';
  const zero = b.constant(0, 'int32');
  const computed = run(b.value('batchGather', { x, indices: orderOfSteps(b, mask, Number(time)) }));
  const counted = lastOnly ? b.sum(mask, [1], true) : b.value('cumSum', { x: mask }, { axis: 1, reverse: false });
  const indices = b.maximum(b.subtract(counted, b.constant(1, 'int32')), zero);
  const taken = b.value('batchGather', { x: computed, indices });
  const hasOutput = b.compare('greater', outputs === 'zeroed' ? mask : counted, zero);
  return b.select(b.reshape(hasOutput, [batch, lastOnly ? 1 : time, 1]), taken, b.constant(0, x.type.dtype));
}

/** The steps that count, in their order, then the others. */
function orderOfSteps(b: ProgramBuilder, mask: Value, time: number): Value {
  const places = Array.from({ length: time }, (_, step) => step);
  const rank = b.multiply(mask, b.constant(time, 'int32'));
  return b.value('argSort', { x: b.subtract(rank, b.constant(places, 'int32')) });
}
