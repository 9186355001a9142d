import { applyAdam, moveBetaPowers } from './adam-step';
import { defineOptimizer } from './define-optimizer';
import { beta1Param, beta2Param, epsilonParam, learningRateParam } from './hyperparameters';

/** Keras' `Adam` (Kingma & Ba 2014, with the bias corrections folded into the learning rate). */
export const adam = defineOptimizer({
  name: 'adam',
  label: { en: 'Adam', zh: 'Adam' },
  params: { learningRate: learningRateParam(0.001), beta1: beta1Param, beta2: beta2Param, epsilon: epsilonParam },
  apply: applyAdam,
  finish: moveBetaPowers,
});
