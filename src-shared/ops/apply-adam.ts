import { defineOp } from './define-op';
import { multiplyDims, sizeOf } from './dims';
import { adamInParts, isFasterInParts } from './emit/tensorflow-adam';
import { scalar, typeOf } from './emit/tensorflow-node';

type Attrs = {
  readonly state: string;
  /** Slots: the moving means of the gradient and of its square. */
  readonly m: string;
  readonly v: string;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
};

/**
 * One step of Adam. `beta1Power` and `beta2Power` are β₁ᵗ and β₂ᵗ of this step t = 1, 2, …:
 * m ← β₁·m + (1−β₁)·g; v ← β₂·v + (1−β₂)·g²; w ← w − η·√(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√v + ε).
 * Source: Kingma and Ba, "Adam", 2015, end of section 2; Keras' form, ε = 1e-7 by default.
 */
export const applyAdam = defineOp({
  name: 'applyAdam',
  inputs: ['gradient', 'learningRate', 'beta1Power', 'beta2Power'],
  outputs: [],
  effect: true,
  inferShape: (_inputs, _attrs: Attrs) => ({}),
  cost: ({ gradient }) => ({ flops: multiplyDims(11, sizeOf(gradient.shape)) }),
  tensorflow: (b, { gradient, learningRate, beta1Power, beta2Power }, { attrs, inputTypes }) => {
    if (isFasterInParts(inputTypes.gradient.shape)) {
      adamInParts(b, { gradient, learningRate, beta1Power, beta2Power }, attrs);
      return {};
    }
    const { state, m, v } = attrs;
    const variables = [state, m, v].map((id) => b.handle(id));
    const numbers = [attrs.beta1, attrs.beta2, attrs.epsilon].map((value) => scalar(b, value, gradient));
    const rate = b.float64
      ? learningRate
      : b.node('Mul', [learningRate, scalar(b, roundingFactor(attrs), learningRate)], typeOf(learningRate));
    b.node(
      'ResourceApplyAdam',
      [...variables, beta1Power, beta2Power, rate, ...numbers, gradient],
      typeOf(gradient, { use_locking: { bool: false }, use_nesterov: { bool: false } }),
    );
    b.effect([state, m, v]);
    return {};
  },
  onnx: 'training only',
  tfjs: (tf, { gradient, learningRate, beta1Power, beta2Power }, { attrs, state }) => {
    const { beta1, beta2, epsilon } = attrs;
    const m = tf.add(tf.mul(state.read(attrs.m), beta1), tf.mul(gradient, 1 - beta1));
    const v = tf.add(tf.mul(state.read(attrs.v), beta2), tf.mul(tf.square(gradient), 1 - beta2));
    const rate = tf.div(tf.mul(learningRate, tf.sqrt(tf.sub(1, beta2Power))), tf.sub(1, beta1Power));
    const step = tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), epsilon));
    state.write(attrs.m, m);
    state.write(attrs.v, v);
    state.write(attrs.state, tf.sub(state.read(attrs.state), step));
    return {};
  },
  samples: [
    {
      inputs: {
        gradient: { shape: [3, 2] },
        learningRate: { shape: [], fill: [0.1] },
        beta1Power: { shape: [], fill: [0.81] },
        beta2Power: { shape: [], fill: [0.998] },
      },
      attrs: {
        state: 'dense/kernel',
        m: 'dense/kernel/momentum',
        v: 'dense/kernel/velocity',
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-7,
      },
    },
    {
      inputs: {
        gradient: { shape: [30, 20] },
        learningRate: { shape: [], fill: [0.1] },
        beta1Power: { shape: [], fill: [0.81] },
        beta2Power: { shape: [], fill: [0.998] },
      },
      attrs: {
        state: 'dense/kernel',
        m: 'dense/kernel/momentum',
        v: 'dense/kernel/velocity',
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-7,
      },
    },
  ],
});

/**
 * The fused kernel computes 1 − β in float32, which is 1.3e-5 off for β₂ = 0.999; Keras (and the formula) means the
 * exact one. What m and √v get too much or too little by that is a constant factor of the step, taken back here.
 */
function roundingFactor({ beta1, beta2 }: Attrs): number {
  const roundingOf = (beta: number) => (beta < 1 ? (1 - Math.fround(beta)) / (1 - beta) : 1);
  return Math.sqrt(roundingOf(beta2)) / roundingOf(beta1);
}
