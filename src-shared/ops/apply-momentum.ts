import { defineOp } from './define-op';
import { multiplyDims, sizeOf } from './dims';
import { scalar, typeOf } from './emit/tensorflow-node';

type Attrs = {
  readonly state: string;
  /** The slot that holds the velocity v. */
  readonly velocity: string;
  readonly momentum: number;
  readonly nesterov: boolean;
};

/**
 * One step of Keras' SGD with momentum μ on the weight w: v ← μ·v − η·g; w ← w + v, or, with Nesterov's lookahead,
 * w ← w + μ·v − η·g. Source: `keras.optimizers.SGD`.
 */
export const applyMomentum = defineOp({
  name: 'applyMomentum',
  inputs: ['gradient', 'learningRate'],
  outputs: [],
  effect: true,
  inferShape: (_inputs, _attrs: Attrs) => ({}),
  cost: ({ gradient }) => ({ flops: multiplyDims(4, sizeOf(gradient.shape)) }),
  tensorflow: (b, { gradient, learningRate }, { attrs: { state, velocity, momentum, nesterov } }) => {
    b.node(
      'ResourceApplyKerasMomentum',
      [b.handle(state), b.handle(velocity), learningRate, gradient, scalar(b, momentum, gradient)],
      typeOf(gradient, { use_locking: { bool: false }, use_nesterov: { bool: nesterov } }),
    );
    b.effect([state, velocity]);
    return {};
  },
  onnx: 'training only',
  tfjs: (tf, { gradient, learningRate }, { attrs, state }) => {
    const step = tf.mul(gradient, learningRate);
    const velocity = tf.sub(tf.mul(state.read(attrs.velocity), attrs.momentum), step);
    const change = attrs.nesterov ? tf.sub(tf.mul(velocity, attrs.momentum), step) : velocity;
    state.write(attrs.velocity, velocity);
    state.write(attrs.state, tf.add(state.read(attrs.state), change));
    return {};
  },
  samples: [false, true].map((nesterov) => ({
    inputs: { gradient: { shape: [3, 2] }, learningRate: { shape: [], fill: [0.1] } },
    attrs: { state: 'dense/kernel', velocity: 'dense/kernel/momentum', momentum: 0.9, nesterov },
  })),
});
