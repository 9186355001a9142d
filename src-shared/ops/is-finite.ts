import { isProblem } from '../problem';
import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

const bool = { dtype: 'bool' } as const;

/** Whether x is neither infinite nor not-a-number. */
export const isFiniteOp = defineOp({
  name: 'isFinite',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => {
    const checked = floatLike('isFinite', x);
    return isProblem(checked) ? checked : { y: { dtype: 'bool', shape: x.shape } };
  },
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('IsFinite', [x], { ...typeOf(x), ...bool }) }),
  onnx: (b, { x }) => ({ y: b.node('Not', [b.node('Or', [b.node('IsInf', [x], bool), b.node('IsNaN', [x], bool)])]) }),
  tfjs: (tf, { x }) => ({ y: tf.isFinite(x) }),
  samples: [{ inputs: { x: { shape: [4], fill: [1, Number.NaN, Number.POSITIVE_INFINITY, 0], declared: ['batch'] } } }],
});
