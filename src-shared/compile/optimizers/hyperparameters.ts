import { bool, type FloatParam, float } from '../../types/params';

/** Hyperparameters that several optimizers have, with Keras' names. */
export function learningRateParam(initial: number): FloatParam {
  return float({
    label: { en: 'Learning rate', zh: '学习率' },
    help: {
      en: 'How far each step moves the weights. Too high: the loss jumps or becomes NaN; too low: it barely falls.',
      zh: '每一步移动权重的幅度。过高会使损失跳动或变为 NaN，过低则几乎不下降。',
    },
    default: initial,
    min: 0,
    exclusive: true,
  });
}

export const momentumParam = float({
  label: { en: 'Momentum', zh: '动量' },
  help: { en: 'Share of the last movement that is kept.', zh: '保留上一次移动的比例。' },
  default: 0,
  min: 0,
  max: 1,
});

export const nesterovParam = bool({
  label: { en: 'Nesterov momentum', zh: 'Nesterov 动量' },
  help: { en: 'Looks one step ahead along the momentum.', zh: '沿动量方向预先看一步。' },
  default: false,
});

export const beta1Param = float({
  label: { en: 'Beta 1', zh: 'Beta 1' },
  help: { en: 'Decay of the mean of the gradients.', zh: '梯度均值的衰减率。' },
  default: 0.9,
  min: 0,
  max: 1,
});

export const beta2Param = float({
  label: { en: 'Beta 2', zh: 'Beta 2' },
  help: { en: 'Decay of the mean of the squared gradients.', zh: '梯度平方均值的衰减率。' },
  default: 0.999,
  min: 0,
  max: 1,
});

export const epsilonParam = float({
  label: { en: 'Epsilon', zh: 'Epsilon' },
  help: { en: 'A small number that keeps divisions finite.', zh: '防止除以零的小数。' },
  default: 1e-7,
  min: 0,
  exclusive: true,
});
