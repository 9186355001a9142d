import { decayRateParam, decayStepsParam } from './decay-params';
import { defineSchedule } from './define-schedule';

/** Keras' `ExponentialDecay` with `staircase`: learningRate · decayRate^⌊step / decaySteps⌋. */
export const step = defineSchedule({
  name: 'step',
  label: { en: 'Steps', zh: '阶梯' },
  params: { decaySteps: decayStepsParam, decayRate: decayRateParam(0.5) },
  rate: ({ learningRate, decaySteps, decayRate }, at) => learningRate * decayRate ** Math.floor(at / decaySteps),
});
