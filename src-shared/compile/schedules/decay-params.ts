import { type FloatParam, float, int } from '../../types/params';

/** Params with Keras' names that the decaying schedules share. */
export const decayStepsParam = int({
  label: { en: 'Decay steps', zh: '衰减步数' },
  help: { en: 'Optimizer steps over which the rate decays once.', zh: '学习率衰减一次所经过的优化步数。' },
  unit: { en: 'steps', zh: '步' },
  default: 1000,
  min: 1,
});

export function decayRateParam(initial: number): FloatParam {
  return float({
    label: { en: 'Decay rate', zh: '衰减率' },
    help: { en: 'Factor by which the rate is multiplied.', zh: '学习率每次乘以的系数。' },
    default: initial,
    min: 0,
    max: 1,
    exclusive: false,
  });
}
