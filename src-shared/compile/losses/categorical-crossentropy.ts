import { formatShape } from '../../ops/dims';
import { fail } from '../../problem';
import { defineLoss } from './define-loss';
import { clipProbabilities, lastAxis, logitsOf, meanOfAll } from './logits';

/** Keras' `CategoricalCrossentropy`: −Σ target · log(probability) over the classes, targets one-hot or soft. */
export const categoricalCrossentropy = defineLoss({
  name: 'categoricalCrossentropy',
  label: { en: 'Cross-entropy, one-hot', zh: '交叉熵（独热）' },
  compares: 'classes',
  targetType: (output) => {
    if (output.shape.length < 2 || output.shape.at(-1) === 1) {
      return fail(
        'loss-needs-classes',
        { loss: 'categoricalCrossentropy', shape: formatShape(output.shape) },
        { param: 'loss' },
      );
    }
    return output;
  },
  build: (b, { output, target }) => {
    const logits = logitsOf(b, output, 'softmax');
    if (logits) return meanOfAll(b, b.value('softmaxCrossEntropy', { logits, labels: target }));
    const normalized = b.divide(output, b.sum(output, lastAxis(output), true));
    const log = b.unary('log', clipProbabilities(b, normalized));
    return meanOfAll(b, b.unary('neg', b.sum(b.multiply(target, log), lastAxis(output))));
  },
});
