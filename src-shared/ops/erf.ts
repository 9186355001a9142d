import { defineOp } from './define-op';
import { multiplyDims, sizeOf } from './dims';
import { typeOf } from './emit/tensorflow-node';
import { floatLike } from './shapes/elementwise';

/** The error function 2/√π · ∫₀ˣ exp(−t²) dt; dx = dy · 2/√π · exp(−x²). */
export const erf = defineOp({
  name: 'erf',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => floatLike('erf', x),
  gradient: (g, { x }, { dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const slope = g.scale(g.unary('exp', g.unary('neg', g.unary('square', x))), 2 / Math.sqrt(Math.PI));
    return { x: g.multiply(dy, slope) };
  },
  // A rational function of some ten terms.
  eachRow: true,
  cost: (_inputs, { y }) => ({ flops: multiplyDims(20, sizeOf(y.shape)) }),
  tensorflow: (b, { x }) => ({ y: b.node('Erf', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Erf', [x]) }),
  tfjs: (tf, { x }) => ({ y: tf.erf(x) }),
  samples: [
    { inputs: { x: { shape: [3, 5], declared: ['batch', 5] } } },
    { inputs: { x: { shape: [4], fill: [-4, 0, 0.5, 4] } } },
  ],
});
