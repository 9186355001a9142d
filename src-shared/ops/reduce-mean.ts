import { isProblem } from '../problem';
import { defineOp } from './define-op';
import { indexVector, typeOf } from './emit/tensorflow-node';
import type { Value } from './program';
import type { ProgramBuilder } from './program-builder';
import { floatLike } from './shapes/elementwise';
import { perElementRead, type ReduceAttributes, reduceShape, restoreAxes } from './shapes/reduce';

/** The mean of x over the given axes. */
export const reduceMean = defineOp({
  name: 'reduceMean',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, attrs: ReduceAttributes) => {
    const checked = floatLike('reduceMean', x);
    return isProblem(checked) ? checked : reduceShape('reduceMean', x, attrs);
  },
  gradient: (g, { x }, { attrs: { axes }, dOutputs: { y: dy } }) =>
    dy ? { x: g.broadcastLike(restoreAxes(g, shared(g, dy, { x, axes }), { x, axes }), x) } : {},
  eachRow: true,
  cost: perElementRead,
  tensorflow: (b, { x }, { attrs: { axes, keepDims } }) => ({
    y: b.node('Mean', [x, indexVector(b, axes)], typeOf(x, { Tidx: { type: 'int32' }, keep_dims: { bool: keepDims } })),
  }),
  onnx: (b, { x }, { attrs: { axes, keepDims } }) => {
    if (axes.length === 0) return { y: b.node('Identity', [x]) };
    return { y: b.node('ReduceMean', [x], { attrs: { axes: { ints: axes }, keepdims: { i: Number(keepDims) } } }) };
  },
  tfjs: (tf, { x }, { attrs: { axes, keepDims } }) => ({
    y: axes.length === 0 ? tf.clone(x) : tf.mean(x, [...axes], keepDims),
  }),
  samples: [
    { inputs: { x: { shape: [3, 4], declared: ['batch', 4] } }, attrs: { axes: [0, 1], keepDims: false } },
    { inputs: { x: { shape: [3, 4], declared: ['batch', 4] } }, attrs: { axes: [1], keepDims: true } },
    { inputs: { x: { shape: [2, 3, 3, 2] } }, attrs: { axes: [1, 2], keepDims: false } },
  ],
});

/** dy divided by how many elements each mean was taken over; sizes unknown before the run are read then. */
function shared(g: ProgramBuilder, dy: Value, { x, axes }: { x: Value; axes: readonly number[] }): Value {
  const sizes = axes.map((axis) => x.type.shape[axis]);
  const known = sizes.reduce<number>((product, size) => (typeof size === 'number' ? product * size : product), 1);
  const unknown = axes.filter((axis) => typeof x.type.shape[axis] === 'string');
  const scaled = known === 1 ? dy : g.scale(dy, 1 / known);
  return unknown.reduce((value, axis) => g.divide(value, g.cast(g.dimSize(x, axis), dy.type.dtype)), scaled);
}
