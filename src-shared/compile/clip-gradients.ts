import type { Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';
import type { ParamsOf } from '../types/params';
import { float, variant } from '../types/params';

const limit = (zh: string, en: string) => float({ label: { en, zh }, default: 1, min: 0, exclusive: true });

/** Keras' `clipvalue`, `clipnorm` and `global_clipnorm`, of which one may be chosen. */
export const clipParam = variant({
  label: { en: 'Gradient clipping', zh: '梯度裁剪' },
  help: {
    en: 'Keeps single large gradients from throwing training off.',
    zh: '防止个别过大的梯度破坏训练。',
  },
  default: 'none',
  variants: {
    none: { label: { en: 'None', zh: '无' }, params: {} },
    value: {
      label: { en: 'Each value', zh: '逐值' },
      params: { limit: limit('最大绝对值', 'Largest absolute value') },
    },
    norm: {
      label: { en: 'Norm of each weight', zh: '逐权重范数' },
      params: { limit: limit('最大范数', 'Largest norm') },
    },
    globalNorm: {
      label: { en: 'Norm of all weights', zh: '全局范数' },
      params: { limit: limit('最大范数', 'Largest norm') },
    },
  },
});

export type ClipSettings = ParamsOf<{ clip: typeof clipParam }>['clip'];

/** Clips the gradients of one step, all of them together. */
export function clipGradients(b: ProgramBuilder, gradients: readonly Value[], clip: ClipSettings): Value[] {
  switch (clip.type) {
    case 'none':
      return [...gradients];
    case 'value':
      return gradients.map((g) => clipValue(b, g, clip.limit));
    case 'norm':
      return gradients.map((g) => clipNorm(b, g, clip.limit));
    case 'globalNorm':
      return clipGlobalNorm(b, gradients, clip.limit);
  }
}

function clipValue(b: ProgramBuilder, g: Value, limit: number): Value {
  const { dtype } = g.type;
  return b.minimum(b.maximum(g, b.constant(-limit, dtype)), b.constant(limit, dtype));
}

function sumOfSquares(b: ProgramBuilder, g: Value): Value {
  return b.sum(
    b.unary('square', g),
    g.type.shape.map((_, axis) => axis),
  );
}

/** g · limit / max(‖g‖, limit): Keras' `_clip_by_norm`. */
function clipNorm(b: ProgramBuilder, g: Value, limit: number): Value {
  const norm = b.maximum(b.unary('sqrt', sumOfSquares(b, g)), b.constant(limit, g.type.dtype));
  return b.divide(b.scale(g, limit), norm);
}

/** g · limit · min(1/‖all‖, 1/limit), NaN where a gradient is not finite: Keras' `clip_by_global_norm`. */
function clipGlobalNorm(b: ProgramBuilder, gradients: readonly Value[], limit: number): Value[] {
  const [first, ...rest] = gradients.map((g) => sumOfSquares(b, g));
  if (!first) return [];
  const norm = b.unary(
    'sqrt',
    rest.reduce((sum, next) => b.add(sum, next), first),
  );
  const one = b.constant(1, norm.type.dtype);
  const finite = b.scale(b.minimum(b.divide(one, norm), b.constant(1 / limit, norm.type.dtype)), limit);
  const factor = b.add(finite, b.subtract(norm, norm));
  return gradients.map((g) => b.multiply(g, factor));
}
