import { isProblem } from '../problem';
import { defineOp } from './define-op';
import { indexVector, typeOf } from './emit/tensorflow-node';
import { numberLike } from './shapes/elementwise';
import { perElementRead, type ReduceAttributes, reduceShape, restoreAxes } from './shapes/reduce';

/** The largest element over the given axes. Where several are largest they share the gradient. */
export const reduceMax = defineOp({
  name: 'reduceMax',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, attrs: ReduceAttributes) => {
    const checked = numberLike('reduceMax', x);
    return isProblem(checked) ? checked : reduceShape('reduceMax', x, attrs);
  },
  gradient: (g, { x }, { attrs: { axes }, outputs: { y }, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const isLargest = g.cast(g.compare('equal', x, restoreAxes(g, y, { x, axes })), x.type.dtype);
    const share = g.divide(restoreAxes(g, dy, { x, axes }), g.sum(isLargest, axes, true));
    return { x: g.multiply(isLargest, share) };
  },
  eachRow: true,
  cost: perElementRead,
  tensorflow: (b, { x }, { attrs: { axes, keepDims } }) => ({
    y: b.node('Max', [x, indexVector(b, axes)], typeOf(x, { Tidx: { type: 'int32' }, keep_dims: { bool: keepDims } })),
  }),
  onnx: (b, { x }, { attrs: { axes, keepDims } }) => {
    if (axes.length === 0) return { y: b.node('Identity', [x]) };
    return { y: b.node('ReduceMax', [x], { attrs: { axes: { ints: axes }, keepdims: { i: Number(keepDims) } } }) };
  },
  tfjs: (tf, { x }, { attrs: { axes, keepDims } }) => ({
    y: axes.length === 0 ? tf.clone(x) : tf.max(x, [...axes], keepDims),
  }),
  samples: [
    {
      inputs: { x: { shape: [3, 4], fill: 'distinct', declared: ['batch', 4] } },
      attrs: { axes: [1], keepDims: false },
    },
    { inputs: { x: { shape: [2, 3, 2], fill: 'distinct' } }, attrs: { axes: [0, 2], keepDims: true } },
    { inputs: { x: { dtype: 'int32', shape: [4], fill: [3, 9, -1, 4] } }, attrs: { axes: [0], keepDims: false } },
  ],
});
