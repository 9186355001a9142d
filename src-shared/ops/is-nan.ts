import { isProblem } from '../problem';
import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

const bool = { dtype: 'bool' } as const;

/** Whether x is not a number. */
export const isNaNOp = defineOp({
  name: 'isNaN',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => {
    const checked = floatLike('isNaN', x);
    return isProblem(checked) ? checked : { y: { dtype: 'bool', shape: x.shape } };
  },
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('IsNan', [x], { ...typeOf(x), ...bool }) }),
  onnx: (b, { x }) => ({ y: b.node('IsNaN', [x], bool) }),
  tfjs: (tf, { x }) => ({ y: tf.isNaN(x) }),
  inDouble: (x = 0) => Number(Number.isNaN(x)),
  samples: [{ inputs: { x: { shape: [4], fill: [1, Number.NaN, Number.POSITIVE_INFINITY, 0], declared: ['batch'] } } }],
});
