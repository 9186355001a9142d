import { addEffect, assignAdd } from '../effects';
import { defineOptimizer } from './define-optimizer';
import { learningRateParam, momentumParam, nesterovParam } from './hyperparameters';
import { declareSlot } from './slots';

/** Keras' `SGD`: m ← momentum · m − rate · g; w ← w + m, or w + momentum · m − rate · g with Nesterov. */
export const sgd = defineOptimizer({
  name: 'sgd',
  label: { en: 'SGD', zh: 'SGD' },
  params: { learningRate: learningRateParam(0.01), momentum: momentumParam, nesterov: nesterovParam },
  apply: (b, { state, gradient, learningRate }, { momentum, nesterov }) => {
    if (momentum === 0) return [assignAdd(b, state.id, b.unary('neg', b.multiply(gradient, learningRate)))];
    const attrs = { state: state.id, velocity: declareSlot(b, state, 'momentum').id, momentum, nesterov };
    return [addEffect(b, 'applyMomentum', { inputs: { gradient, learningRate }, attrs })];
  },
});
