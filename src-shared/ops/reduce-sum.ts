import { isProblem } from '../problem';
import { defineOp } from './define-op';
import { indexVectorOnnx } from './emit/onnx-node';
import { indexVector, typeOf } from './emit/tensorflow-node';
import { numberLike } from './shapes/elementwise';
import { perElementRead, type ReduceAttributes, reduceShape, restoreAxes } from './shapes/reduce';

/** Σ x over the given axes. */
export const reduceSum = defineOp({
  name: 'reduceSum',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, attrs: ReduceAttributes) => {
    const checked = numberLike('reduceSum', x);
    return isProblem(checked) ? checked : reduceShape('reduceSum', x, attrs);
  },
  gradient: (g, { x }, { attrs: { axes }, dOutputs: { y: dy } }) =>
    dy ? { x: g.broadcastLike(restoreAxes(g, dy, { x, axes }), x) } : {},
  eachRow: true,
  cost: perElementRead,
  tensorflow: (b, { x }, { attrs: { axes, keepDims } }) => ({
    y: b.node('Sum', [x, indexVector(b, axes)], typeOf(x, { Tidx: { type: 'int32' }, keep_dims: { bool: keepDims } })),
  }),
  onnx: (b, { x }, { attrs: { axes, keepDims } }) => {
    const attrs = { keepdims: { i: Number(keepDims) }, noop_with_empty_axes: { i: 1 } };
    return { y: b.node('ReduceSum', [x, indexVectorOnnx(b, axes)], { attrs }) };
  },
  tfjs: (tf, { x }, { attrs: { axes, keepDims } }) => ({
    y: axes.length === 0 ? tf.clone(x) : tf.sum(x, [...axes], keepDims),
  }),
  samples: [
    { inputs: { x: { shape: [3, 4], declared: ['batch', 4] } }, attrs: { axes: [0], keepDims: false } },
    { inputs: { x: { shape: [3, 4], declared: ['batch', 4] } }, attrs: { axes: [0, 1], keepDims: false } },
    { inputs: { x: { shape: [2, 3, 4], declared: ['batch', 3, 4] } }, attrs: { axes: [1], keepDims: true } },
    { inputs: { x: { shape: [2, 3] } }, attrs: { axes: [], keepDims: false } },
    {
      inputs: { x: { dtype: 'int32', shape: [2, 2], fill: [1, 2, 3, 4] } },
      attrs: { axes: [0, 1], keepDims: false },
    },
  ],
});
