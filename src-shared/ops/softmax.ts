import { defineOp } from './define-op';
import { multiplyDims, sizeOf } from './dims';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, rankProblem } from './shapes/elementwise';

/** exp(x) / Σ exp(x) over the last axis, computed from x − max(x). */
export const softmax = defineOp({
  name: 'softmax',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) =>
    x.shape.length === 0 ? rankProblem('softmax', { shape: [], expected: '1 or more' }) : floatLike('softmax', x),
  // dx = y · (dy − Σ dy · y)
  gradient: (g, { x }, { outputs: { y }, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const total = g.sum(g.multiply(dy, y), [x.type.shape.length - 1], true);
    return { x: g.multiply(y, g.subtract(dy, total)) };
  },
  eachRow: ({ axis, rank }) => axis !== rank - 1,
  cost: (_inputs, { y }) => ({ flops: multiplyDims(5, sizeOf(y.shape)) }),
  tensorflow: (b, { x }) => ({ y: b.node('Softmax', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Softmax', [x], { attrs: { axis: { i: -1 } } }) }),
  tfjs: (tf, { x }) => ({ y: tf.softmax(x) }),
  samples: [
    { inputs: { x: { shape: [3, 5], declared: ['batch', 5] } } },
    { inputs: { x: { shape: [2], fill: [1000, 1001] } } },
    { inputs: { x: { shape: [2, 3, 4] } } },
  ],
});
