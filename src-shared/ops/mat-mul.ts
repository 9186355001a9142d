import { problem } from '../problem';
import { defineOp } from './define-op';
import { type Dim, formatShape, multiplyDims, sizeOf } from './dims';
import { typeOf } from './emit/tensorflow-node';
import { dtypeProblem, rankProblem } from './shapes/elementwise';
import { isFloat } from './tensor';

type Attrs = { readonly transposeA: boolean; readonly transposeB: boolean };

/** The matrix product of op(a) [m, k] and op(b) [k, n], where op transposes if asked. */
export const matMul = defineOp({
  name: 'matMul',
  inputs: ['a', 'b'],
  outputs: ['y'],
  inferShape: ({ a, b }, { transposeA, transposeB }: Attrs) => {
    for (const { shape } of [a, b]) if (shape.length !== 2) return rankProblem('matMul', { shape, expected: 2 });
    if (!isFloat(a.dtype)) return dtypeProblem('matMul', a.dtype, 'float32');
    if (a.dtype !== b.dtype) return problem('dtypes-differ', { op: 'matMul', a: a.dtype, b: b.dtype });
    const [m = 0, inner] = turned(a.shape, transposeA);
    const [rows, n = 0] = turned(b.shape, transposeB);
    if (inner !== rows) return problem('matrices-do-not-fit', { a: formatShape(a.shape), b: formatShape(b.shape) });
    return { y: { dtype: a.dtype, shape: [m, n] } };
  },
  // Giles, "Collected Matrix Derivative Results for Forward and Reverse Mode", 2008, with both transposes folded in.
  gradient: (g, { a, b }, { attrs: { transposeA, transposeB }, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    return {
      a: transposeA
        ? g.matMul(b, dy, { transposeA: transposeB, transposeB: true })
        : g.matMul(dy, b, { transposeB: !transposeB }),
      b: transposeB
        ? g.matMul(dy, a, { transposeA: true, transposeB: transposeA })
        : g.matMul(a, dy, { transposeA: !transposeA }),
    };
  },
  eachRow: true,
  cost: ({ a }, { y }, { transposeA }) => {
    const [, inner = 1] = turned(a.shape, transposeA);
    return { flops: multiplyDims(multiplyDims(2, inner), sizeOf(y.shape)) };
  },
  tensorflow: (b, inputs, { attrs: { transposeA, transposeB } }) => ({
    y: b.node(
      'MatMul',
      [inputs.a, inputs.b],
      typeOf(inputs.a, { transpose_a: { bool: transposeA }, transpose_b: { bool: transposeB } }),
    ),
  }),
  onnx: (b, inputs, { attrs: { transposeA, transposeB } }) => {
    if (!transposeA && !transposeB) return { y: b.node('MatMul', [inputs.a, inputs.b]) };
    const attrs = { transA: { i: Number(transposeA) }, transB: { i: Number(transposeB) } };
    return { y: b.node('Gemm', [inputs.a, inputs.b], { attrs }) };
  },
  tfjs: (tf, { a, b }, { attrs }) => ({ y: tf.matMul(a, b, attrs.transposeA, attrs.transposeB) }),
  samples: [
    {
      inputs: { a: { shape: [3, 4], declared: ['batch', 4] }, b: { shape: [4, 2] } },
      attrs: { transposeA: false, transposeB: false },
    },
    { inputs: { a: { shape: [4, 3] }, b: { shape: [4, 2] } }, attrs: { transposeA: true, transposeB: false } },
    { inputs: { a: { shape: [3, 4] }, b: { shape: [2, 4] } }, attrs: { transposeA: false, transposeB: true } },
    { inputs: { a: { shape: [4, 3] }, b: { shape: [2, 4] } }, attrs: { transposeA: true, transposeB: true } },
  ],
});

function turned(shape: readonly Dim[], transpose: boolean): readonly Dim[] {
  return transpose ? [...shape].reverse() : shape;
}
