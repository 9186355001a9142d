import { isProblem, problem } from '../problem';
import { defineOp } from './define-op';
import { type Dim, formatShape, multiplyDims, sameShape, sizeOf } from './dims';
import { indexVector, runtimeShape, typeOf } from './emit/tensorflow-node';
import { floatLike, rankProblem } from './shapes/elementwise';

/**
 * −Σ labels · log softmax(logits) per example, for labels that are probabilities over the last axis. `dLogits` is
 * softmax(logits) − labels, which TensorFlow computes along with it: the labels of an example add up to 1. Labels
 * have no gradient.
 */
export const softmaxCrossEntropy = defineOp({
  name: 'softmaxCrossEntropy',
  inputs: ['logits', 'labels'],
  outputs: ['loss', 'dLogits'],
  inferShape: ({ logits, labels }) => {
    const op = 'softmaxCrossEntropy';
    if (logits.shape.length < 2) return rankProblem(op, { shape: logits.shape, expected: '2 or more' });
    const checked = floatLike(op, labels);
    if (isProblem(checked)) return checked;
    if (!sameShape(labels.shape, logits.shape)) {
      return problem('shapes-differ', { op, a: formatShape(logits.shape), b: formatShape(labels.shape) });
    }
    return { loss: { dtype: logits.dtype, shape: logits.shape.slice(0, -1) }, dLogits: logits };
  },
  gradient: (g, { logits }, { outputs: { dLogits }, dOutputs: { loss: dy } }) =>
    dy ? { logits: g.multiply(dLogits, g.reshape(dy, [...logits.type.shape.slice(0, -1), 1])) } : {},
  cost: ({ logits }) => ({ flops: multiplyDims(6, sizeOf(logits.shape)) }),
  tensorflow: (b, { logits, labels }, { outputs }) => {
    const to = (x: typeof logits, shape: readonly Dim[]) =>
      b.node('Reshape', [x, indexVector(b, runtimeShape(shape))], typeOf(x, { Tshape: { type: 'int32' } }));
    const { shape } = outputs.dLogits;
    const isFlat = shape.length === 2;
    const inputs = isFlat ? [logits, labels] : [logits, labels].map((x) => to(x, [-1, shape.at(-1) ?? 0]));
    const loss = b.node('SoftmaxCrossEntropyWithLogits', inputs, typeOf(logits));
    const dLogits = b.output(loss, 1);
    return isFlat ? { loss, dLogits } : { loss: to(loss, outputs.loss.shape), dLogits: to(dLogits, shape) };
  },
  onnx: 'training only',
  tfjs: (tf, { logits, labels }) => {
    const logProbabilities = tf.logSoftmax(logits);
    return {
      loss: tf.neg(tf.sum(tf.mul(labels, logProbabilities), -1)),
      dLogits: tf.sub(tf.exp(logProbabilities), labels),
    };
  },
  samples: [
    {
      inputs: {
        logits: { shape: [2, 3], declared: ['batch', 3] },
        labels: { shape: [2, 3], fill: [1, 0, 0, 0.25, 0.25, 0.5], declared: ['batch', 3] },
      },
    },
    {
      inputs: {
        logits: { shape: [2, 2, 2], declared: ['batch', 2, 2] },
        labels: { shape: [2, 2, 2], fill: [1, 0, 0, 1, 0.25, 0.75, 0.5, 0.5], declared: ['batch', 2, 2] },
      },
    },
  ],
});
