import { fail, problem } from '../problem';
import { defineOp } from './define-op';
import { addDims, type Dim, formatShape, sameShape } from './dims';
import { typeOf } from './emit/tensorflow-node';
import { checkAxes, reducedShape } from './shapes/axes';
import { noFlops } from './shapes/elementwise';

type Attrs = { readonly axis: number };

/** The inputs one after the other along an axis; all other sizes are equal. */
export const concat = defineOp({
  name: 'concat',
  inputs: ['xs[]'],
  outputs: ['y'],
  inferShape: ({ xs }, { axis }: Attrs) => {
    const [first, ...rest] = xs;
    if (!first) return problem('value-count-differs', { op: 'concat', count: 0, shape: '[]' });
    const bad = checkAxes('concat', first.shape, [axis]);
    if (bad) return bad;
    for (const { dtype, shape } of rest) {
      if (dtype !== first.dtype) return problem('dtypes-differ', { op: 'concat', a: first.dtype, b: dtype });
      const fits = shape.length === first.shape.length && sameShape(others(shape, axis), others(first.shape, axis));
      if (!fits) return problem('shapes-differ', { op: 'concat', a: formatShape(first.shape), b: formatShape(shape) });
    }
    const total = xs.map(({ shape }) => shape[axis] ?? 0).reduce(addDims, 0);
    return { y: { dtype: first.dtype, shape: first.shape.map((dim, i) => (i === axis ? total : dim)) } };
  },
  gradient: (g, { xs }, { attrs: { axis }, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    let start = 0;
    const parts = xs.map(({ type: { shape } }) => {
      const begin = shape.map((_, i) => (i === axis ? start : 0));
      const size = shape[axis];
      if (typeof size !== 'number') return fail('no-gradient', { op: 'concat' });
      start += size;
      return g.value('slice', { x: dy }, { begin, size: [...shape] });
    });
    return { xs: parts };
  },
  eachRow: ({ axis: batch }, { axis }) => axis !== batch,
  cost: noFlops,
  tensorflow: (b, { xs }, { attrs: { axis } }) => {
    const [only, ...more] = xs;
    const dtype = only?.dtype ?? 'float32';
    // TensorFlow's node wants two inputs or more.
    if (only && more.length === 0) return { y: b.node('Identity', [only], typeOf(only)) };
    const attrs = { N: { int: xs.length }, T: { type: dtype }, Tidx: { type: 'int32' } } as const;
    return { y: b.node('ConcatV2', [...xs, b.constant([axis], 'int32', [])], { attrs, dtype }) };
  },
  onnx: (b, { xs }, { attrs: { axis } }) => ({ y: b.node('Concat', xs, { attrs: { axis: { i: axis } } }) }),
  tfjs: (tf, { xs }, { attrs: { axis } }) => ({ y: tf.concat([...xs], axis) }),
  samples: [
    {
      inputs: {
        xs: [
          { shape: [2, 3], declared: ['batch', 3] },
          { shape: [2, 1], declared: ['batch', 1] },
          { shape: [2, 2], declared: ['batch', 2] },
        ],
      },
      attrs: { axis: 1 },
    },
    { inputs: { xs: [{ shape: [1, 2] }, { shape: [2, 2] }] }, attrs: { axis: 0 } },
    { inputs: { xs: [{ shape: [2, 2] }] }, attrs: { axis: 0 } },
  ],
});

function others(shape: readonly Dim[], axis: number): Dim[] {
  return reducedShape(shape, [axis], false);
}
