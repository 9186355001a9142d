import { defineOp } from './define-op';
import { noFlops } from './shapes/elementwise';

type Attrs = { readonly state: string };

/** state ← value. */
export const assign = defineOp({
  name: 'assign',
  inputs: ['value'],
  outputs: [],
  effect: true,
  inferShape: (_inputs, _attrs: Attrs) => ({}),
  cost: noFlops,
  tensorflow: (b, { value }, { attrs: { state } }) => {
    b.node('AssignVariableOp', [b.handle(state), value], { attrs: { dtype: { type: value.dtype } } });
    b.effect([state]);
    return {};
  },
  onnx: 'training only',
  tfjs: (_tf, { value }, { attrs, state }) => {
    state.write(attrs.state, value);
    return {};
  },
  samples: [{ inputs: { value: { shape: [2, 3] } }, attrs: { state: 'dense/kernel' } }],
});
