import { defineOp } from './define-op';
import { sizeOf } from './dims';

type Attrs = { readonly state: string };

/** state ← state + value. Counters are int32: float32 counts only to 2²⁴. */
export const assignAdd = defineOp({
  name: 'assignAdd',
  inputs: ['value'],
  outputs: [],
  effect: true,
  inferShape: (_inputs, _attrs: Attrs) => ({}),
  cost: ({ value }) => ({ flops: sizeOf(value.shape) }),
  tensorflow: (b, { value }, { attrs: { state } }) => {
    b.node('AssignAddVariableOp', [b.handle(state), value], { attrs: { dtype: { type: value.dtype } } });
    b.effect([state]);
    return {};
  },
  onnx: 'training only',
  tfjs: (tf, { value }, { attrs, state }) => {
    state.write(attrs.state, tf.add(state.read(attrs.state), value));
    return {};
  },
  samples: [
    { inputs: { value: { shape: [2, 3] } }, attrs: { state: 'dense/kernel' } },
    { inputs: { value: { dtype: 'int32', shape: [2], fill: [3, 4] } }, attrs: { state: 'metric/count' } },
  ],
});
