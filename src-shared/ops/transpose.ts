import { problem } from '../problem';
import { defineOp } from './define-op';
import { type Dim, formatShape } from './dims';
import { transposeOnnx } from './emit/onnx-node';
import { indexVector, typeOf } from './emit/tensorflow-node';
import { noFlops } from './shapes/elementwise';

type Attrs = { readonly permutation: readonly number[] };

/** Axis i of the output is axis permutation[i] of the input. */
export const transpose = defineOp({
  name: 'transpose',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, { permutation }: Attrs) => {
    const sorted = [...permutation].sort((a, b) => a - b);
    const isPermutation = sorted.length === x.shape.length && sorted.every((axis, i) => axis === i);
    if (!isPermutation) return problem('permutation-does-not-fit', { permutation, shape: formatShape(x.shape) });
    // Every index was just proven to be an axis.
    return { y: { dtype: x.dtype, shape: permutation.map((axis) => x.shape[axis] as Dim) } };
  },
  gradient: (g, _inputs, { attrs: { permutation }, dOutputs: { y: dy } }) =>
    dy
      ? {
          x: g.transpose(
            dy,
            permutation.map((_, axis) => permutation.indexOf(axis)),
          ),
        }
      : {},
  eachRow: true,
  cost: noFlops,
  tensorflow: (b, { x }, { attrs: { permutation } }) => ({
    y: b.node('Transpose', [x, indexVector(b, permutation)], typeOf(x, { Tperm: { type: 'int32' } })),
  }),
  onnx: (b, { x }, { attrs: { permutation } }) => ({ y: transposeOnnx(b, x, permutation) }),
  tfjs: (tf, { x }, { attrs: { permutation } }) => ({ y: tf.transpose(x, [...permutation]) }),
  samples: [
    { inputs: { x: { shape: [2, 3, 4], declared: ['batch', 3, 4] } }, attrs: { permutation: [2, 0, 1] } },
    { inputs: { x: { shape: [3, 2] } }, attrs: { permutation: [1, 0] } },
  ],
});
