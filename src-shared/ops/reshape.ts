import { problem } from '../problem';
import { defineOp } from './define-op';
import { type Dim, formatShape, sizeOf } from './dims';
import { indexVectorOnnx } from './emit/onnx-node';
import { indexVector, runtimeShape, typeOf } from './emit/tensorflow-node';
import { noFlops } from './shapes/elementwise';

type Attrs = { readonly shape: readonly Dim[] };

/** The same elements in the same order under another shape. One dimension may be known only at run time. */
export const reshape = defineOp({
  name: 'reshape',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, { shape }: Attrs) => {
    const values = { from: formatShape(x.shape), to: formatShape(shape) };
    if (shape.filter((dim) => typeof dim === 'string').length > 1) return problem('reshape-two-unknown', values);
    if (sizeOf(x.shape) !== sizeOf(shape)) return problem('reshape-size-differs', values);
    return { y: { dtype: x.dtype, shape } };
  },
  gradient: (g, { x }, { dOutputs: { y: dy } }) => (dy ? { x: g.reshape(dy, x.type.shape) } : {}),
  eachRow: ({ axis, output }) => axis === 0 && output === 0,
  cost: noFlops,
  tensorflow: (b, { x }, { attrs }) => ({
    y: b.node('Reshape', [x, indexVector(b, runtimeShape(attrs.shape))], typeOf(x, { Tshape: { type: 'int32' } })),
  }),
  onnx: (b, { x }, { attrs }) => ({ y: b.node('Reshape', [x, indexVectorOnnx(b, runtimeShape(attrs.shape))]) }),
  tfjs: (tf, { x }, { attrs }) => ({ y: tf.reshape(x, runtimeShape(attrs.shape)) }),
  inDouble: (x = 0) => x,
  samples: [
    { inputs: { x: { shape: [2, 3, 4], declared: ['batch', 3, 4] } }, attrs: { shape: ['batch', 12] } },
    { inputs: { x: { shape: [2, 3, 4], declared: ['batch', 3, 4] } }, attrs: { shape: ['3*batch', 4] } },
    { inputs: { x: { shape: [6], dtype: 'int32', fill: [1, 2, 3, 4, 5, 6] } }, attrs: { shape: [2, 3] } },
  ],
});
