import { isProblem, problem } from '../problem';
import { defineOp } from './define-op';
import { formatShape, multiplyDims, sizeOf } from './dims';
import { castOnnx, indexVectorOnnx } from './emit/onnx-node';
import { typeOf } from './emit/tensorflow-node';
import { numberLike } from './shapes/elementwise';

/** The places of the last axis' elements from the largest to the smallest, int32. Keys are different numbers. */
export const argSort = defineOp({
  name: 'argSort',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => {
    const checked = numberLike('argSort', x);
    if (isProblem(checked)) return checked;
    const isKnown = typeof x.shape.at(-1) === 'number';
    return isKnown
      ? { y: { dtype: 'int32', shape: x.shape } }
      : problem('rank-not-allowed', {
          op: 'argSort',
          shape: formatShape(x.shape),
          rank: x.shape.length,
          expected: '[…, n]',
        });
  },
  cost: ({ x }) => ({ flops: multiplyDims(Math.ceil(Math.log2(Number(x.shape.at(-1)) + 1)), sizeOf(x.shape)) }),
  tensorflow: (b, { x }, { inputTypes }) => {
    const count = Number(inputTypes.x.shape.at(-1));
    const attrs = { Tk: { type: 'int32' }, index_type: { type: 'int32' }, sorted: { bool: true } } as const;
    const sorted = b.node('TopKV2', [x, b.constant([count], 'int32', [])], typeOf(x, attrs));
    return { y: b.output(sorted, 1, 'int32') };
  },
  onnx: (b, { x }, { inputTypes }) => {
    const count = indexVectorOnnx(b, [Number(inputTypes.x.shape.at(-1))]);
    const sorted = b.node('TopK', [x, count], { outputs: 2 });
    return { y: castOnnx(b, b.output(sorted, 1, 'int64'), 'int32') };
  },
  tfjs: (tf, { x }) => ({ y: tf.cast(tf.topk(x, x.shape.at(-1) ?? 1).indices, 'int32') }),
  samples: [
    { inputs: { x: { shape: [3, 5], fill: 'distinct', declared: ['batch', 5] } } },
    { inputs: { x: { dtype: 'int32', shape: [2, 3], fill: [6, -1, 4, 0, 5, -2] } } },
  ],
});
