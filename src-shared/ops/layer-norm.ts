import { isProblem, problem } from '../problem';
import { defineOp, type Sample } from './define-op';
import { multiplyDims, sizeOf } from './dims';
import { indexVector, scalar, typeOf } from './emit/tensorflow-node';
import { reducedShape } from './shapes/axes';
import { batchAxes, checkChannels } from './shapes/batch-norm';

type Attrs = { readonly epsilon: number };

function sample(x: readonly number[]): Sample {
  const channels = { shape: x.slice(-1) };
  const inputs = { x: { shape: x, declared: ['batch', ...x.slice(1)] }, gamma: channels, beta: channels };
  return { inputs, attrs: { epsilon: 1e-3 } };
}

/**
 * γ · (x − mean) / √(variance + ε) + β with mean and biased variance over the last axis, of each position by itself.
 * `mean` and `inverseDeviation`, 1 / √(variance + ε), keep that axis with size 1; the gradient flows through y alone.
 * Ba, Kiros and Hinton, "Layer Normalization", 2016.
 */
export const layerNorm = defineOp({
  name: 'layerNorm',
  inputs: ['x', 'gamma', 'beta'],
  outputs: ['y', 'mean', 'inverseDeviation'],
  inferShape: ({ x, gamma, beta }, { epsilon }: Attrs) => {
    if (!(epsilon > 0)) return problem('attribute-not-allowed', { op: 'layerNorm', name: 'epsilon', value: epsilon });
    const checked = checkChannels('layerNorm', x, { gamma, beta });
    if (isProblem(checked)) return checked;
    const perPosition = { dtype: x.dtype, shape: reducedShape(x.shape, [x.shape.length - 1], true) };
    return { ...checked, mean: perPosition, inverseDeviation: perPosition };
  },
  // With x̂ = (x − mean) · inverse: dβ = Σ dy, dγ = Σ dy · x̂, dx = inverse · (γdy − mean(γdy) − x̂ · mean(γdy · x̂)).
  gradient: (g, { x, gamma }, { outputs: { mean, inverseDeviation }, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const last = [x.type.shape.length - 1];
    const unit = g.multiply(g.subtract(x, mean), inverseDeviation);
    const scaled = g.multiply(dy, gamma);
    const along = g.multiply(unit, g.mean(g.multiply(scaled, unit), last, true));
    const rest = g.subtract(g.subtract(scaled, g.mean(scaled, last, true)), along);
    const outer = batchAxes(x.type.shape);
    return {
      x: g.multiply(rest, inverseDeviation),
      gamma: g.sum(g.multiply(dy, unit), outer),
      beta: g.sum(dy, outer),
    };
  },
  eachRow: ({ axis, rank }) => axis !== rank - 1,
  cost: ({ x }) => ({ flops: multiplyDims(8, sizeOf(x.shape)) }),
  tensorflow: (b, { x, gamma, beta }, { attrs: { epsilon }, inputTypes }) => {
    const last = indexVector(b, [inputTypes.x.shape.length - 1]);
    const reduced = typeOf(x, { Tidx: { type: 'int32' }, keep_dims: { bool: true } });
    const mean = b.node('Mean', [x, last], reduced);
    const variance = b.node('Mean', [b.node('SquaredDifference', [x, mean], typeOf(x)), last], reduced);
    const raised = b.node('AddV2', [variance, scalar(b, epsilon, x)], typeOf(x));
    const inverseDeviation = b.node('Rsqrt', [raised], typeOf(x));
    const unit = b.node('Mul', [b.node('Sub', [x, mean], typeOf(x)), inverseDeviation], typeOf(x));
    const y = b.node('AddV2', [b.node('Mul', [unit, gamma], typeOf(x)), beta], typeOf(x));
    return { y, mean, inverseDeviation };
  },
  onnx: (b, { x, gamma, beta }, { attrs: { epsilon } }) => {
    const attrs = { axis: { i: -1 }, epsilon: { f: epsilon } };
    const y = b.node('LayerNormalization', [x, gamma, beta], { attrs, outputs: 3 });
    return { y, mean: b.output(y, 1), inverseDeviation: b.output(y, 2) };
  },
  tfjs: (tf, { x, gamma, beta }, { attrs: { epsilon } }) => {
    const { mean, variance } = tf.moments(x, -1, true);
    const inverseDeviation = tf.rsqrt(tf.add(variance, epsilon));
    const y = tf.add(tf.mul(tf.mul(tf.sub(x, mean), inverseDeviation), gamma), beta);
    return { y, mean, inverseDeviation };
  },
  samples: [sample([4, 5]), sample([2, 3, 4]), sample([2, 3, 2, 3])],
});
