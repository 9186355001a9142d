import type { Initializer, Regularizer } from '../../ops/program';
import type { Text } from '../../text';
import { bool, choice, float, type ParamsOf, variant } from '../../types/params';

const weights: Text = { en: 'Weights', zh: '权重' };

/** Keras' initializers that have no settings, and those with settings at Keras' defaults. */
const initializers = {
  glorotUniform: { type: 'glorotUniform' },
  glorotNormal: { type: 'glorotNormal' },
  heUniform: { type: 'heUniform' },
  heNormal: { type: 'heNormal' },
  lecunNormal: { type: 'lecunNormal' },
  orthogonal: { type: 'orthogonal', gain: 1 },
  randomNormal: { type: 'randomNormal', mean: 0, stddev: 0.05 },
  randomUniform: { type: 'randomUniform', min: -0.05, max: 0.05 },
  zeros: { type: 'zeros' },
  ones: { type: 'ones' },
} as const satisfies Record<string, Initializer>;

type InitializerName = keyof typeof initializers;

const initializerLabels: Record<InitializerName, Text> = {
  glorotUniform: { en: 'Glorot uniform', zh: 'Glorot 均匀分布' },
  glorotNormal: { en: 'Glorot normal', zh: 'Glorot 正态分布' },
  heUniform: { en: 'He uniform', zh: 'He 均匀分布' },
  heNormal: { en: 'He normal', zh: 'He 正态分布' },
  lecunNormal: { en: 'LeCun normal', zh: 'LeCun 正态分布' },
  orthogonal: { en: 'Orthogonal', zh: '正交' },
  randomNormal: { en: 'Normal, deviation 0.05', zh: '正态分布，标准差 0.05' },
  randomUniform: { en: 'Uniform, ±0.05', zh: '均匀分布，±0.05' },
  zeros: { en: 'Zeros', zh: '全 0' },
  ones: { en: 'Ones', zh: '全 1' },
};

export const useBiasParam = bool({
  label: { en: 'Bias', zh: '偏置' },
  help: { en: 'Adds one learnt number per output channel.', zh: '为每个输出通道加上一个可学习的数。' },
  default: true,
});

export const kernelInitializerParam = choice<InitializerName>({
  label: { en: 'Kernel initializer', zh: '权重初始化' },
  help: { en: 'How the weights are drawn before training.', zh: '训练前如何随机生成权重。' },
  section: weights,
  default: 'glorotUniform',
  options: Object.entries(initializerLabels).map(([value, label]) => ({ value: value as InitializerName, label })),
});

const l1 = float({ label: { en: 'L1 factor', zh: 'L1 系数' }, default: 0.01, min: 0 });
const l2 = float({ label: { en: 'L2 factor', zh: 'L2 系数' }, default: 0.01, min: 0 });

export const kernelRegularizerParam = variant({
  label: { en: 'Kernel regularizer', zh: '权重正则化' },
  help: { en: 'A penalty on large weights, added to the loss.', zh: '对较大权重的惩罚项，加到损失中。' },
  section: weights,
  default: 'none',
  variants: {
    none: { label: { en: 'None', zh: '无' }, params: {} },
    l1: { label: { en: 'L1', zh: 'L1' }, params: { l1 } },
    l2: { label: { en: 'L2', zh: 'L2' }, params: { l2 } },
    l1l2: { label: { en: 'L1 and L2', zh: 'L1 和 L2' }, params: { l1, l2 } },
  },
});

type RegularizerSettings = ParamsOf<{ kernelRegularizer: typeof kernelRegularizerParam }>['kernelRegularizer'];

/** How a kernel is declared by its layer's params. */
export function kernelOptions(params: {
  readonly kernelInitializer: InitializerName;
  readonly kernelRegularizer: RegularizerSettings;
}): { readonly init: Initializer; readonly regularizer?: Regularizer } {
  const init = initializers[params.kernelInitializer];
  const regularizer = regularizerOf(params.kernelRegularizer);
  return regularizer ? { init, regularizer } : { init };
}

function regularizerOf(settings: RegularizerSettings): Regularizer | undefined {
  if (settings.type === 'none') return undefined;
  return { l1: 'l1' in settings ? settings.l1 : 0, l2: 'l2' in settings ? settings.l2 : 0 };
}
