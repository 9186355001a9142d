import { isProblem } from '../problem';
import { defineOp, type Sample } from './define-op';
import { multiplyDims, sizeOf } from './dims';
import { composed, fusedAttributes, reshapeTo, toImages } from './emit/tensorflow-batch-norm';
import { scalar, typeOf } from './emit/tensorflow-node';
import { batchAxes, checkChannels } from './shapes/batch-norm';
import type { TensorflowBuilder, TensorflowTensor } from './tensorflow-builder';

type Attrs = { readonly epsilon: number };

function sample(x: readonly number[]): Sample {
  const channels = { shape: x.slice(-1) };
  return {
    inputs: { x: { shape: x, declared: ['batch', ...x.slice(1)] }, gamma: channels, beta: channels },
    attrs: { epsilon: 1e-3 },
    comparable: ['y', 'mean', 'variance'],
  };
}

/**
 * γ · (x − mean) / √(variance + ε) + β with the batch's own mean and biased variance per channel (last axis).
 * `savedMean`, `savedVariance` and `reserve` are for `batchNormGrad` of the same runner alone: what they hold differs
 * between devices. The gradient flows through y; mean and variance feed moving averages. Ioffe and Szegedy, 2015.
 */
export const batchNormTraining = defineOp({
  name: 'batchNormTraining',
  inputs: ['x', 'gamma', 'beta'],
  outputs: ['y', 'mean', 'variance', 'savedMean', 'savedVariance', 'reserve'],
  inferShape: ({ x, gamma, beta }, _attrs: Attrs) => {
    const checked = checkChannels('batchNormTraining', x, { gamma, beta });
    if (isProblem(checked)) return checked;
    const perChannel = { dtype: x.dtype, shape: gamma.shape };
    const saved = { savedMean: perChannel, savedVariance: perChannel, reserve: { dtype: x.dtype, shape: ['reserve'] } };
    return { ...checked, mean: perChannel, variance: perChannel, ...saved };
  },
  gradient: (g, { x, gamma }, { attrs, outputs, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const { savedMean, savedVariance, reserve } = outputs;
    const { dx, dgamma, dbeta } = g.op('batchNormGrad', { dy, x, gamma, savedMean, savedVariance, reserve }, attrs);
    return { ...(dx && { x: dx }), ...(dgamma && { gamma: dgamma }), ...(dbeta && { beta: dbeta }) };
  },
  cost: ({ x }) => ({ flops: multiplyDims(7, sizeOf(x.shape)) }),
  tensorflow: (b, { x, gamma, beta }, { attrs: { epsilon }, outputs }) => {
    const { shape } = outputs.y;
    if (b.float64) {
      const { add, subtract, multiply, mean: meanOf, square, inverseDeviation } = composed(b, shape);
      const mean = meanOf(x);
      const centred = subtract(x, mean);
      const variance = meanOf(square(centred));
      const y = add(multiply(centred, multiply(gamma, inverseDeviation(variance, epsilon))), beta);
      const reserve = b.constant([0], x.dtype, [1]);
      return { y, mean, variance, savedMean: mean, savedVariance: variance, reserve };
    }
    const none = b.constant([], x.dtype, [0]);
    const inputs = [toImages(b, x, shape), gamma, beta, none, none];
    const fused = b.node('FusedBatchNormV3', inputs, fusedAttributes(x, { epsilon, training: true }));
    const [mean, corrected, savedMean, savedVariance, reserve] = [1, 2, 3, 4, 5].map((i) => b.output(fused, i));
    if (!mean || !corrected || !savedMean || !savedVariance || !reserve) throw new Error('Not reached.');
    const variance = b.node('Mul', [corrected, biasFactor(b, x, gamma)], typeOf(x));
    const y = shape.length === 4 ? fused : reshapeTo(b, fused, shape);
    return { y, mean, variance, savedMean, savedVariance, reserve };
  },
  onnx: 'training only',
  tfjs: (tf, { x, gamma, beta }, { attrs: { epsilon } }) => {
    const { mean, variance } = tf.moments(x, batchAxes(x.shape));
    const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)));
    const y = tf.add(tf.mul(tf.sub(x, mean), scale), beta);
    const saved = { savedMean: tf.clone(mean), savedVariance: tf.clone(variance), reserve: tf.zeros([1]) };
    return { y, mean, variance, ...saved };
  },
  samples: [sample([2, 3, 2, 3]), sample([4, 3]), sample([2, 3, 2])],
});

/** (N − 1) / N for N examples per channel: undoes the Bessel correction of `FusedBatchNormV3`; 0 where N = 1. */
function biasFactor(b: TensorflowBuilder, x: TensorflowTensor, gamma: TensorflowTensor): TensorflowTensor {
  const count = (tensor: TensorflowTensor) => {
    const size = b.node('Size', [tensor], { ...typeOf(tensor, { out_type: { type: 'int32' } }), dtype: 'int32' });
    const types = { SrcT: { type: 'int32' }, DstT: { type: x.dtype }, Truncate: { bool: false } } as const;
    return b.node('Cast', [size], { attrs: types, dtype: x.dtype });
  };
  const n = b.node('RealDiv', [count(x), count(gamma)], typeOf(x));
  return b.node('RealDiv', [b.node('Sub', [n, scalar(b, 1, x)], typeOf(x)), n], typeOf(x));
}
