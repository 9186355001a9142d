import { defineOp } from './define-op';
import type { Dim } from './dims';
import { noFlops } from './shapes/elementwise';
import type { DType } from './tensor';

type Attrs = { readonly name: string; readonly dtype: DType; readonly shape: readonly Dim[] };

/** A value handed in by name at every call: inputs of the program, targets, the learning rate. */
export const feed = defineOp({
  name: 'feed',
  inputs: [],
  outputs: ['y'],
  inferShape: (_inputs, { dtype, shape }: Attrs) => ({ y: { dtype, shape } }),
  cost: noFlops,
  tensorflow: (b, _inputs, { attrs }) => ({ y: b.feed(attrs.name, { dtype: attrs.dtype, shape: attrs.shape }) }),
  onnx: (b, _inputs, { attrs }) => ({ y: b.feed(attrs.name, { dtype: attrs.dtype, shape: attrs.shape }) }),
  tfjs: (_tf, _inputs, { attrs, feed: read }) => ({ y: read(attrs.name) }),
  samples: [{ inputs: {}, attrs: { name: 'image', dtype: 'float32', shape: [2, 3] } }],
});
