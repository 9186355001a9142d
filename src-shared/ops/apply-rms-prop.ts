import { defineOp, type Sample } from './define-op';
import { multiplyDims, sizeOf } from './dims';
import { scalar, typeOf } from './emit/tensorflow-node';

type Attrs = {
  readonly state: string;
  /** Slot: the moving mean of squared gradients s. */
  readonly meanSquare: string;
  /** Slot: the accumulated change m; zero throughout where `momentum` is 0. */
  readonly velocity: string;
  /** Slot of the centred variant: the moving mean of gradients a. */
  readonly meanGradient: string | null;
  readonly rho: number;
  readonly momentum: number;
  readonly epsilon: number;
};

const slots = { state: 'dense/kernel', meanSquare: 'dense/kernel/velocity', velocity: 'dense/kernel/momentum' };

function sample(more: Pick<Attrs, 'momentum' | 'meanGradient'>): Sample {
  return {
    inputs: { gradient: { shape: [3, 2] }, learningRate: { shape: [], fill: [0.1] } },
    attrs: { ...slots, rho: 0.9, epsilon: 1e-3, ...more },
  };
}

/**
 * One step of Keras' RMSprop: s ← ρ·s + (1−ρ)·g²; m ← μ·m + η·g / √(s + ε); w ← w − m. Centred: a ← ρ·a + (1−ρ)·g
 * and s − a² stands in the root. Source: `keras.optimizers.RMSprop`; Tieleman and Hinton, 2012.
 */
export const applyRmsProp = defineOp({
  name: 'applyRmsProp',
  inputs: ['gradient', 'learningRate'],
  outputs: [],
  effect: true,
  inferShape: (_inputs, _attrs: Attrs) => ({}),
  cost: ({ gradient }) => ({ flops: multiplyDims(9, sizeOf(gradient.shape)) }),
  tensorflow: (b, { gradient, learningRate }, { attrs }) => {
    const { state, meanSquare, velocity, meanGradient } = attrs;
    const states = [state, ...(meanGradient === null ? [] : [meanGradient]), meanSquare, velocity];
    const numbers = [attrs.rho, attrs.momentum, attrs.epsilon].map((value) => scalar(b, value, gradient));
    b.node(
      meanGradient === null ? 'ResourceApplyRMSProp' : 'ResourceApplyCenteredRMSProp',
      [...states.map((id) => b.handle(id)), learningRate, ...numbers, gradient],
      typeOf(gradient, { use_locking: { bool: false } }),
    );
    b.effect(states);
    return {};
  },
  onnx: 'training only',
  tfjs: (tf, { gradient, learningRate }, { attrs, state }) => {
    const mix = (slot: string, value: typeof gradient) => {
      const next = tf.add(tf.mul(state.read(slot), attrs.rho), tf.mul(value, 1 - attrs.rho));
      state.write(slot, next);
      return next;
    };
    const meanSquare = mix(attrs.meanSquare, tf.square(gradient));
    const spread =
      attrs.meanGradient === null ? meanSquare : tf.sub(meanSquare, tf.square(mix(attrs.meanGradient, gradient)));
    const step = tf.mul(learningRate, tf.mul(gradient, tf.rsqrt(tf.add(spread, attrs.epsilon))));
    const velocity = tf.add(tf.mul(state.read(attrs.velocity), attrs.momentum), step);
    state.write(attrs.velocity, velocity);
    state.write(attrs.state, tf.sub(state.read(attrs.state), velocity));
    return {};
  },
  samples: [
    sample({ momentum: 0, meanGradient: null }),
    sample({ momentum: 0.9, meanGradient: null }),
    sample({ momentum: 0.5, meanGradient: 'dense/kernel/averageGradient' }),
  ],
});
