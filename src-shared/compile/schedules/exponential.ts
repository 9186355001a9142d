import { decayRateParam, decayStepsParam } from './decay-params';
import { defineSchedule } from './define-schedule';

/** Keras' `ExponentialDecay`: learningRate · decayRate^(step / decaySteps). */
export const exponential = defineSchedule({
  name: 'exponential',
  label: { en: 'Exponential', zh: '指数' },
  params: { decaySteps: decayStepsParam, decayRate: decayRateParam(0.96) },
  rate: ({ learningRate, decaySteps, decayRate }, at) => learningRate * decayRate ** (at / decaySteps),
});
