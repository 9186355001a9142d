import type { Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';
import { logitsOf } from '../losses/logits';
import { countTrue, defineMetric } from './define-metric';

/**
 * Correct rows of a batch, as Keras chooses it: with one column the probability is above one half where the target is
 * 1; else the most probable class is the target's, given as a number or one-hot.
 */
export const accuracy = defineMetric({
  name: 'accuracy',
  label: { en: 'Accuracy', zh: '准确率' },
  isBetterHigher: true,
  build: (b, { output, target }) => {
    if (target.type.dtype !== 'int32' && output.type.shape.at(-1) === 1) return countAboveHalf(b, output, target);
    const truth = target.type.dtype === 'int32' ? target : argMax(b, target);
    // Softmax keeps the order, so its logits have the same largest entry; for a step this small it is half the time.
    const scores = logitsOf(b, output, 'softmax') ?? output;
    return countTrue(b, b.compare('equal', argMax(b, scores), truth));
  },
});

function countAboveHalf(b: ProgramBuilder, output: Value, target: Value): Value {
  const half = b.constant(0.5, output.type.dtype);
  const predicted = b.cast(b.compare('greater', output, half), target.type.dtype);
  return countTrue(b, b.compare('equal', predicted, target));
}

function argMax(b: ProgramBuilder, x: Value): Value {
  return b.cast(b.value('argMax', { x }, { axis: x.type.shape.length - 1 }), 'int32');
}
