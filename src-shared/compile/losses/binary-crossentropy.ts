import type { Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';
import { defineLoss } from './define-loss';
import { clipProbabilities, logitsOf, meanOfAll } from './logits';

/** Keras' `BinaryCrossentropy`: targets 0 or 1, of the output's shape. */
export const binaryCrossentropy = defineLoss({
  name: 'binaryCrossentropy',
  label: { en: 'Binary cross-entropy', zh: '二元交叉熵' },
  compares: 'classes',
  targetType: (output) => output,
  build: (b, { output, target }) => {
    const logits = logitsOf(b, output, 'sigmoid');
    return meanOfAll(b, logits ? fromLogits(b, logits, target) : fromProbabilities(b, output, target));
  },
});

/** max(z, 0) − z·t + log(1 + exp(−|z|)): TensorFlow's stable form of the sigmoid cross-entropy. */
function fromLogits(b: ProgramBuilder, logits: Value, target: Value): Value {
  const linear = b.subtract(b.unary('relu', logits), b.multiply(logits, target));
  return b.add(linear, b.unary('log1p', b.unary('exp', b.unary('neg', b.unary('abs', logits)))));
}

function fromProbabilities(b: ProgramBuilder, output: Value, target: Value): Value {
  const p = clipProbabilities(b, output);
  const one = b.constant(1, p.type.dtype);
  const positive = b.multiply(target, b.unary('log', p));
  const negative = b.multiply(b.subtract(one, target), b.unary('log', b.subtract(one, p)));
  return b.unary('neg', b.add(positive, negative));
}
