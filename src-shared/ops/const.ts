import { problem } from '../problem';
import { defineOp } from './define-op';
import { toTfjsType } from './emit/tfjs-type';
import { noFlops } from './shapes/elementwise';
import { type DType, elementCount } from './tensor';

type Attrs = {
  readonly values: readonly number[] | readonly string[];
  readonly dtype: DType;
  readonly shape: readonly number[];
};

/** A tensor that never changes, row-major. */
export const constant = defineOp({
  name: 'const',
  inputs: [],
  outputs: ['y'],
  inferShape: (_inputs, { values, dtype, shape }: Attrs) =>
    values.length === elementCount(shape)
      ? { y: { dtype, shape } }
      : problem('value-count-differs', { op: 'const', count: values.length, shape: [...shape] }),
  cost: noFlops,
  tensorflow: (b, _inputs, { attrs }) => ({ y: b.constant(attrs.values, attrs.dtype, attrs.shape) }),
  onnx: (b, _inputs, { attrs }) => ({ y: b.constant(attrs.values, attrs.dtype, attrs.shape) }),
  tfjs: (tf, _inputs, { attrs }) => ({ y: tf.tensor([...attrs.values], [...attrs.shape], toTfjsType(attrs.dtype)) }),
  samples: [
    { inputs: {}, attrs: { values: [1, 2.5, -3, 4], dtype: 'float32', shape: [2, 2] } },
    { inputs: {}, attrs: { values: [7], dtype: 'int32', shape: [] } },
  ],
});
