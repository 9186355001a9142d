import { defineOp } from './define-op';
import { sizeOf } from './dims';

type Attrs = { readonly state: string };

/** Adds `values` [n, …] to the rows of a state that `indices` [n] (int32) name; a row may be named several times. */
export const scatterAddState = defineOp({
  name: 'scatterAddState',
  inputs: ['values', 'indices'],
  outputs: [],
  effect: true,
  inferShape: (_inputs, _attrs: Attrs) => ({}),
  cost: ({ values }) => ({ flops: sizeOf(values.shape) }),
  tensorflow: (b, { values, indices }, { attrs: { state } }) => {
    const attrs = { dtype: { type: values.dtype }, Tindices: { type: 'int32' } } as const;
    b.node('ResourceScatterAdd', [b.handle(state), indices, values], { attrs });
    b.effect([state]);
    return {};
  },
  onnx: 'training only',
  tfjs: (tf, { values, indices }, { attrs, state }) => {
    const before = state.read(attrs.state);
    const places = tf.cast(tf.expandDims(indices, 1), 'int32');
    state.write(attrs.state, tf.add(before, tf.scatterND(places, values, before.shape)));
    return {};
  },
  samples: [
    {
      inputs: { values: { shape: [3, 2] }, indices: { dtype: 'int32', shape: [3], fill: [2, 0, 2] } },
      attrs: { state: 'embedding/embeddings' },
    },
  ],
});
