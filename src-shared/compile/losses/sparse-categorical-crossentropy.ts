import { formatShape } from '../../ops/dims';
import { tensorType } from '../../ops/tensor';
import { fail } from '../../problem';
import { defineLoss } from './define-loss';
import { clipProbabilities, logitsOf, meanOfAll } from './logits';

/** Keras' `SparseCategoricalCrossentropy`: −log of the probability of the true class, given by its number. */
export const sparseCategoricalCrossentropy = defineLoss({
  name: 'sparseCategoricalCrossentropy',
  label: { en: 'Cross-entropy, class numbers', zh: '交叉熵（类别编号）' },
  compares: 'classes',
  targetType: ({ shape }) => {
    const classes = shape.at(-1);
    if (shape.length < 2 || classes === 1) {
      return fail(
        'loss-needs-classes',
        { loss: 'sparseCategoricalCrossentropy', shape: formatShape(shape) },
        { param: 'loss' },
      );
    }
    return tensorType('int32', shape.slice(0, -1));
  },
  build: (b, { output, target }) => {
    const logits = logitsOf(b, output, 'softmax') ?? b.unary('log', clipProbabilities(b, output));
    return meanOfAll(b, b.value('sparseSoftmaxCrossEntropy', { logits, labels: target }));
  },
});
