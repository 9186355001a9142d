import { isProblem } from '../problem';
import { defineOp } from './define-op';
import { castOnnx } from './emit/onnx-node';
import { typeOf } from './emit/tensorflow-node';
import { checkAxes, reducedShape } from './shapes/axes';
import { numberLike } from './shapes/elementwise';
import { perElementRead } from './shapes/reduce';

type Attrs = { readonly axis: number };

/** Where the largest element stands along an axis, as int32; the first of equals. */
export const argMax = defineOp({
  name: 'argMax',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, { axis }: Attrs) => {
    const checked = numberLike('argMax', x);
    if (isProblem(checked)) return checked;
    return (
      checkAxes('argMax', x.shape, [axis]) ?? { y: { dtype: 'int32', shape: reducedShape(x.shape, [axis], false) } }
    );
  },
  eachRow: true,
  cost: perElementRead,
  tensorflow: (b, { x }, { attrs: { axis } }) => {
    const attrs = { Tidx: { type: 'int32' }, output_type: { type: 'int32' } } as const;
    return { y: b.node('ArgMax', [x, b.constant([axis], 'int32', [])], { ...typeOf(x, attrs), dtype: 'int32' }) };
  },
  onnx: (b, { x }, { attrs: { axis } }) => {
    const attrs = { axis: { i: axis }, keepdims: { i: 0 } };
    return { y: castOnnx(b, b.node('ArgMax', [x], { attrs, dtype: 'int64' }), 'int32') };
  },
  tfjs: (tf, { x }, { attrs: { axis } }) => ({ y: tf.argMax(x, axis) }),
  samples: [
    { inputs: { x: { shape: [3, 5], fill: 'distinct', declared: ['batch', 5] } }, attrs: { axis: 1 } },
    { inputs: { x: { shape: [2, 4, 3], fill: 'distinct' } }, attrs: { axis: 0 } },
  ],
});
