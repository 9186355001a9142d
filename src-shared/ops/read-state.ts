import { defineOp } from './define-op';
import { noFlops } from './shapes/elementwise';
import type { DType } from './tensor';

type Attrs = { readonly state: string; readonly dtype: DType; readonly shape: readonly number[] };

/** The value a state has at the start of the step: every effect comes after it. */
export const readState = defineOp({
  name: 'readState',
  inputs: [],
  outputs: ['y'],
  inferShape: (_inputs, { dtype, shape }: Attrs) => ({ y: { dtype, shape } }),
  cost: noFlops,
  tensorflow: (b, _inputs, { attrs }) => ({ y: b.read(attrs.state) }),
  onnx: (b, _inputs, { attrs }) => ({ y: b.read(attrs.state) }),
  tfjs: (_tf, _inputs, { attrs, state }) => ({ y: state.read(attrs.state) }),
  samples: [{ inputs: {}, attrs: { state: 'dense/kernel', dtype: 'float32', shape: [3, 2] } }],
});
