import type { Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';
import type { Text } from '../../text';
import { choice } from '../../types/params';

type Activation = { readonly label: Text; readonly apply: (b: ProgramBuilder, x: Value) => Value };

/** Keras' `leaky_relu` slope where it is used as an activation. */
const leakySlope = 0.2;

/** Keras' activations by their names there. */
export const activations = {
  linear: { label: { en: 'Linear (none)', zh: '线性（无）' }, apply: (_b, x) => x },
  relu: { label: { en: 'ReLU', zh: 'ReLU' }, apply: (b, x) => b.unary('relu', x) },
  sigmoid: { label: { en: 'Sigmoid', zh: 'Sigmoid' }, apply: (b, x) => b.unary('sigmoid', x) },
  tanh: { label: { en: 'Tanh', zh: 'Tanh' }, apply: (b, x) => b.unary('tanh', x) },
  softmax: { label: { en: 'Softmax', zh: 'Softmax' }, apply: (b, x) => b.unary('softmax', x) },
  leakyRelu: { label: { en: 'Leaky ReLU', zh: 'Leaky ReLU' }, apply: (b, x) => b.maximum(x, b.scale(x, leakySlope)) },
  elu: { label: { en: 'ELU', zh: 'ELU' }, apply: elu },
  silu: { label: { en: 'SiLU (Swish)', zh: 'SiLU（Swish）' }, apply: (b, x) => b.multiply(x, b.unary('sigmoid', x)) },
  gelu: { label: { en: 'GELU', zh: 'GELU' }, apply: gelu },
  softplus: { label: { en: 'Softplus', zh: 'Softplus' }, apply: (b, x) => b.value('softplus', { x }) },
} as const satisfies Record<string, Activation>;

export type ActivationName = keyof typeof activations;

/** x where it is positive, exp(x) − 1 elsewhere; written so that no branch overflows. */
function elu(b: ProgramBuilder, x: Value): Value {
  const negative = b.minimum(x, b.constant(0, x.type.dtype));
  return b.add(b.unary('relu', x), b.value('expm1', { x: negative }));
}

/** x · Φ(x) with the normal distribution's Φ (Hendrycks and Gimpel, 2016), exact as Keras has it by default. */
function gelu(b: ProgramBuilder, x: Value): Value {
  const spread = b.value('erf', { x: b.scale(x, Math.SQRT1_2) });
  return b.multiply(b.scale(x, 0.5), b.add(spread, b.constant(1, x.type.dtype)));
}

export function activationParam(initial: ActivationName) {
  return choice<ActivationName>({
    label: { en: 'Activation', zh: '激活函数' },
    default: initial,
    options: Object.entries(activations).map(([value, { label }]) => ({ value: value as ActivationName, label })),
  });
}
