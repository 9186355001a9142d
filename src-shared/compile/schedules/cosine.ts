import { float, int } from '../../types/params';
import { defineSchedule } from './define-schedule';

const stepsUnit = { en: 'steps', zh: '步' } as const;

/**
 * Keras' `CosineDecay`: the rate falls from `learningRate` to `alpha · learningRate` along half a cosine. With
 * `warmupSteps` it first rises in a line from 0 (Keras: initial rate 0, warm-up target `learningRate`).
 */
export const cosine = defineSchedule({
  name: 'cosine',
  label: { en: 'Cosine', zh: '余弦' },
  params: {
    decaySteps: int({
      label: { en: 'Decay steps', zh: '衰减步数' },
      help: { en: '0: the whole training after warm-up.', zh: '0 表示预热之后的整个训练过程。' },
      unit: stepsUnit,
      default: 0,
      min: 0,
    }),
    alpha: float({
      label: { en: 'Final share', zh: '最终比例' },
      help: { en: 'The last rate as a share of the first.', zh: '最终学习率占初始学习率的比例。' },
      default: 0,
      min: 0,
      max: 1,
    }),
    warmupSteps: int({ label: { en: 'Warm-up steps', zh: '预热步数' }, unit: stepsUnit, default: 0, min: 0 }),
  },
  rate: ({ learningRate, decaySteps, alpha, warmupSteps }, at, steps) => {
    if (at < warmupSteps) return (learningRate * at) / warmupSteps;
    const span = decaySteps > 0 ? decaySteps : Math.max(1, steps - warmupSteps);
    const share = Math.min(at - warmupSteps, span) / span;
    return learningRate * ((1 - alpha) * 0.5 * (1 + Math.cos(Math.PI * share)) + alpha);
  },
});
