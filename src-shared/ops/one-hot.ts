import { problem } from '../problem';
import { defineOp } from './define-op';
import { castOnnx, indexVectorOnnx } from './emit/onnx-node';
import { dtypeProblem, noFlops } from './shapes/elementwise';

type Attrs = { readonly depth: number };

/** A float32 row with a 1 at the index and 0 elsewhere; an index outside 0 … depth − 1 gives a row of zeros. */
export const oneHot = defineOp({
  name: 'oneHot',
  inputs: ['indices'],
  outputs: ['y'],
  inferShape: ({ indices }, { depth }: Attrs) => {
    if (indices.dtype !== 'int32') return dtypeProblem('oneHot', indices.dtype, 'int32');
    if (!Number.isInteger(depth) || depth < 1) {
      return problem('attribute-not-allowed', { op: 'oneHot', name: 'depth', value: depth });
    }
    return { y: { dtype: 'float32', shape: [...indices.shape, depth] } };
  },
  eachRow: true,
  cost: noFlops,
  // Ones and zeros of int32, then a cast: the OneHot of tfjs' wasm backend writes int32 into float32 tensors.
  tensorflow: (b, { indices }, { attrs: { depth } }) => {
    const [on, off] = [b.constant([1], 'int32', []), b.constant([0], 'int32', [])];
    const attrs = { T: { type: 'int32' }, TI: { type: indices.dtype }, axis: { int: -1 } } as const;
    const rows = b.node('OneHot', [indices, b.constant([depth], 'int32', []), on, off], { attrs, dtype: 'int32' });
    const types = { SrcT: { type: 'int32' }, DstT: { type: 'float32' }, Truncate: { bool: false } } as const;
    return { y: b.node('Cast', [rows], { attrs: types, dtype: 'float32' }) };
  },
  // ONNX' own OneHot counts negative indices from the end.
  onnx: (b, { indices }, { attrs: { depth } }) => {
    const column = b.node('Unsqueeze', [indices, indexVectorOnnx(b, [-1])]);
    const classes = b.constant([...Array(depth).keys()], indices.dtype, [depth]);
    return { y: castOnnx(b, b.node('Equal', [column, classes], { dtype: 'bool' }), 'float32') };
  },
  // tfjs' wasm backend writes whole numbers, whatever type is asked for (4.22).
  tfjs: (tf, { indices }, { attrs: { depth } }) => ({
    y: tf.cast(tf.oneHot(tf.cast(indices, 'int32'), depth, 1, 0, 'int32'), 'float32'),
  }),
  samples: [
    {
      inputs: { indices: { dtype: 'int32', shape: [4], fill: [0, 2, 3, -1], declared: ['batch'] } },
      attrs: { depth: 3 },
    },
    { inputs: { indices: { dtype: 'int32', shape: [2, 1], fill: [1, 0] } }, attrs: { depth: 2 } },
  ],
});
