import { problem } from '../problem';
import { defineOp } from './define-op';
import { type Dim, formatShape, multiplyDims, sameShape, sizeOf } from './dims';
import { indexVector, runtimeShape, typeOf } from './emit/tensorflow-node';
import { dtypeProblem, rankProblem } from './shapes/elementwise';

/**
 * −log softmax(logits)[label] per example, for labels (int32) without the axis of classes. `dLogits` is the gradient
 * of each loss, softmax(logits) − onehot(label), which TensorFlow computes along with it.
 */
export const sparseSoftmaxCrossEntropy = defineOp({
  name: 'sparseSoftmaxCrossEntropy',
  inputs: ['logits', 'labels'],
  outputs: ['loss', 'dLogits'],
  inferShape: ({ logits, labels }) => {
    const op = 'sparseSoftmaxCrossEntropy';
    if (logits.shape.length < 2) return rankProblem(op, { shape: logits.shape, expected: '2 or more' });
    if (labels.dtype !== 'int32') return dtypeProblem(op, labels.dtype, 'int32');
    if (!sameShape(labels.shape, logits.shape.slice(0, -1))) {
      return problem('shapes-differ', { op, a: formatShape(logits.shape.slice(0, -1)), b: formatShape(labels.shape) });
    }
    return { loss: { dtype: logits.dtype, shape: labels.shape }, dLogits: logits };
  },
  gradient: (g, { labels }, { outputs: { dLogits }, dOutputs: { loss: dy } }) =>
    dy ? { logits: g.multiply(dLogits, g.reshape(dy, [...labels.type.shape, 1])) } : {},
  cost: ({ logits }) => ({ flops: multiplyDims(6, sizeOf(logits.shape)) }),
  tensorflow: (b, { logits, labels }, { outputs }) => {
    const to = (x: typeof logits, shape: readonly Dim[]) =>
      b.node('Reshape', [x, indexVector(b, runtimeShape(shape))], typeOf(x, { Tshape: { type: 'int32' } }));
    const { shape } = outputs.dLogits;
    const isFlat = shape.length === 2;
    const inputs = isFlat ? [logits, labels] : [to(logits, [-1, shape.at(-1) ?? 0]), to(labels, [-1])];
    const loss = b.node(
      'SparseSoftmaxCrossEntropyWithLogits',
      inputs,
      typeOf(logits, { Tlabels: { type: labels.dtype } }),
    );
    const dLogits = b.output(loss, 1);
    return isFlat ? { loss, dLogits } : { loss: to(loss, outputs.loss.shape), dLogits: to(dLogits, shape) };
  },
  onnx: 'training only',
  tfjs: (tf, { logits, labels }) => {
    const classes = logits.shape.at(-1) ?? 0;
    const target = tf.cast(tf.oneHot(tf.cast(labels, 'int32'), classes), 'float32');
    const logProbabilities = tf.logSoftmax(logits);
    return {
      loss: tf.neg(tf.sum(tf.mul(target, logProbabilities), -1)),
      dLogits: tf.sub(tf.exp(logProbabilities), target),
    };
  },
  samples: [
    {
      inputs: {
        logits: { shape: [3, 4], declared: ['batch', 4] },
        labels: { dtype: 'int32', shape: [3], fill: [0, 3, 1], declared: ['batch'] },
      },
    },
    {
      inputs: {
        logits: { shape: [2, 3, 4], declared: ['batch', 3, 4] },
        labels: { dtype: 'int32', shape: [2, 3], fill: [0, 3, 1, 2, 2, 0], declared: ['batch', 3] },
      },
    },
  ],
});
