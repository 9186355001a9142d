import { defineOp } from './define-op';
import { indexVectorOnnx } from './emit/onnx-node';
import { indexVector, typeOf } from './emit/tensorflow-node';
import { checkAxes } from './shapes/axes';
import { noFlops } from './shapes/elementwise';

type Attrs = { readonly axes: readonly number[] };

/** x read backwards along the given axes. */
export const reverse = defineOp({
  name: 'reverse',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, { axes }: Attrs) => checkAxes('reverse', x.shape, axes) ?? { y: x },
  gradient: (g, _inputs, { attrs, dOutputs: { y: dy } }) => (dy ? { x: g.value('reverse', { x: dy }, attrs) } : {}),
  eachRow: ({ axis }, { axes }) => !axes.includes(axis),
  cost: noFlops,
  tensorflow: (b, { x }, { attrs: { axes } }) => ({
    y: b.node('ReverseV2', [x, indexVector(b, axes)], typeOf(x, { Tidx: { type: 'int32' } })),
  }),
  // From the last element to before the first, backwards.
  onnx: (b, { x }, { attrs: { axes } }) => {
    const [starts, ends, steps] = [-1, -(2 ** 31), -1].map((value) => axes.map(() => value));
    const vectors = [starts, ends, axes, steps].map((list) => indexVectorOnnx(b, list ?? []));
    return { y: b.node('Slice', [x, ...vectors]) };
  },
  tfjs: (tf, { x }, { attrs: { axes } }) => ({ y: tf.reverse(x, [...axes]) }),
  samples: [
    { inputs: { x: { shape: [2, 3], declared: ['batch', 3] } }, attrs: { axes: [1] } },
    { inputs: { x: { shape: [2, 3, 2, 2] } }, attrs: { axes: [0, 1] } },
  ],
});
