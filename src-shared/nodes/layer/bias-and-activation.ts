import type { Value } from '../../ops/program';
import type { LayerContext } from '../../types/layer';
import { type ActivationName, activations } from './activations';

/** What every weighted layer ends in: a learnt number per channel (the last axis, of a known size), then its activation. */
export function addBiasAndActivation(
  z: Value,
  { useBias, activation }: { readonly useBias: boolean; readonly activation: ActivationName },
  { b, weight }: Pick<LayerContext, 'b' | 'weight'>,
): Value {
  const bias = useBias ? weight('bias', [Number(z.type.shape.at(-1))], { init: { type: 'zeros' } }) : undefined;
  const biased = bias ? b.value('biasAdd', { x: z, bias }) : z;
  return activations[activation].apply(b, biased);
}
