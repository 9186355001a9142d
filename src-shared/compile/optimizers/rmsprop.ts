import { bool, float } from '../../types/params';
import { addEffect } from '../effects';
import { defineOptimizer } from './define-optimizer';
import { epsilonParam, learningRateParam, momentumParam } from './hyperparameters';
import { declareSlot } from './slots';

/**
 * Keras' `RMSprop`: v ← ρ·v + (1−ρ)·g²; w ← w − rate · g / √(v + ε). With `centered` the root is that of the
 * variance v − mean(g)² + ε.
 */
export const rmsprop = defineOptimizer({
  name: 'rmsprop',
  label: { en: 'RMSprop', zh: 'RMSprop' },
  params: {
    learningRate: learningRateParam(0.001),
    rho: float({
      label: { en: 'Rho', zh: 'Rho' },
      help: { en: 'Decay of the mean of the squared gradients.', zh: '梯度平方均值的衰减率。' },
      default: 0.9,
      min: 0,
      max: 1,
    }),
    momentum: momentumParam,
    epsilon: epsilonParam,
    centered: bool({
      label: { en: 'Centered', zh: '中心化' },
      help: {
        en: 'Divides by the variance of the gradients, not their mean square.',
        zh: '除以梯度的方差，而非均方。',
      },
      default: false,
    }),
  },
  apply: (b, { state, gradient, learningRate }, { rho, momentum, epsilon, centered }) => {
    const attrs = {
      state: state.id,
      meanSquare: declareSlot(b, state, 'velocity').id,
      velocity: declareSlot(b, state, 'momentum').id,
      meanGradient: centered ? declareSlot(b, state, 'averageGradient').id : null,
      rho,
      momentum,
      epsilon,
    };
    return [addEffect(b, 'applyRmsProp', { inputs: { gradient, learningRate }, attrs })];
  },
});
