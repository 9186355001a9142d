import { problem } from '../problem';
import { defineOp, type Sample } from './define-op';
import { type Dim, formatShape, multiplyDims, sameShape, sizeOf } from './dims';
import { transposeOnnx } from './emit/onnx-node';
import { typeOf } from './emit/tensorflow-node';
import type { OnnxBuilder, OnnxTensor } from './onnx-builder';
import { dtypeProblem, rankProblem } from './shapes/elementwise';
import { isFloat } from './tensor';

type Attrs = { readonly transposeA: boolean; readonly transposeB: boolean };

function sample(a: readonly number[], b: readonly number[], attrs: Attrs): Sample {
  const declared = (shape: readonly number[]) => ({ shape, declared: ['batch', ...shape.slice(1)] });
  return { inputs: { a: declared(a), b: declared(b) }, attrs };
}

/**
 * Matrix products side by side: op(a) […, m, k] · op(b) [… , k, n] → […, m, n], where op transposes the last two axes
 * if asked and the outer axes are the same.
 */
export const batchMatMul = defineOp({
  name: 'batchMatMul',
  inputs: ['a', 'b'],
  outputs: ['y'],
  inferShape: ({ a, b }, { transposeA, transposeB }: Attrs) => {
    for (const { shape } of [a, b]) {
      if (shape.length < 3) return rankProblem('batchMatMul', { shape, expected: '3 or more' });
    }
    if (!isFloat(a.dtype)) return dtypeProblem('batchMatMul', a.dtype, 'float32');
    if (a.dtype !== b.dtype) return problem('dtypes-differ', { op: 'batchMatMul', a: a.dtype, b: b.dtype });
    const outer = a.shape.slice(0, -2);
    const [m = 0, inner] = turned(a.shape, transposeA);
    const [rows, n = 0] = turned(b.shape, transposeB);
    if (inner !== rows || !sameShape(outer, b.shape.slice(0, -2))) {
      return problem('matrices-do-not-fit', { a: formatShape(a.shape), b: formatShape(b.shape) });
    }
    return { y: { dtype: a.dtype, shape: [...outer, m, n] } };
  },
  // Giles, "Collected Matrix Derivative Results for Forward and Reverse Mode", 2008, with both transposes folded in.
  gradient: (g, { a, b }, { attrs: { transposeA, transposeB }, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const product = (left: typeof a, right: typeof a, attrs: Attrs) =>
      g.value('batchMatMul', { a: left, b: right }, attrs);
    return {
      a: transposeA
        ? product(b, dy, { transposeA: transposeB, transposeB: true })
        : product(dy, b, { transposeA: false, transposeB: !transposeB }),
      b: transposeB
        ? product(dy, a, { transposeA: true, transposeB: transposeA })
        : product(a, dy, { transposeA: !transposeA, transposeB: false }),
    };
  },
  eachRow: true,
  cost: ({ a }, { y }, { transposeA }) => {
    const [, inner = 1] = turned(a.shape, transposeA);
    return { flops: multiplyDims(multiplyDims(2, inner), sizeOf(y.shape)) };
  },
  tensorflow: (b, inputs, { attrs: { transposeA, transposeB } }) => ({
    y: b.node(
      'BatchMatMulV2',
      [inputs.a, inputs.b],
      typeOf(inputs.a, { adj_x: { bool: transposeA }, adj_y: { bool: transposeB } }),
    ),
  }),
  onnx: (b, inputs, { attrs: { transposeA, transposeB }, inputTypes }) => {
    const { length } = inputTypes.a.shape;
    const left = transposeA ? turnLastAxes(b, inputs.a, length) : inputs.a;
    const right = transposeB ? turnLastAxes(b, inputs.b, length) : inputs.b;
    return { y: b.node('MatMul', [left, right]) };
  },
  tfjs: (tf, { a, b }, { attrs }) => ({ y: tf.matMul(a, b, attrs.transposeA, attrs.transposeB) }),
  samples: [
    sample([2, 3, 4], [2, 4, 5], { transposeA: false, transposeB: false }),
    sample([2, 3, 2, 4], [2, 3, 5, 4], { transposeA: false, transposeB: true }),
    sample([2, 4, 3], [2, 4, 2], { transposeA: true, transposeB: false }),
    sample([2, 4, 3], [2, 2, 4], { transposeA: true, transposeB: true }),
  ],
});

/** The last two axes, the way the product sees them. */
function turned(shape: readonly Dim[], transpose: boolean): readonly Dim[] {
  const last = shape.slice(-2);
  return transpose ? last.reverse() : last;
}

function turnLastAxes(b: OnnxBuilder, x: OnnxTensor, rank: number): OnnxTensor {
  const outer = Array.from({ length: rank - 2 }, (_, axis) => axis);
  return transposeOnnx(b, x, [...outer, rank - 1, rank - 2]);
}
