import { defineOp } from './define-op';
import { castOnnx } from './emit/onnx-node';
import { typeOf } from './emit/tensorflow-node';
import { checkAxes } from './shapes/axes';
import { noFlops } from './shapes/elementwise';

type Attrs = { readonly axis: number };

/** The size of one axis at run time, an int32 scalar. */
export const dimSize = defineOp({
  name: 'dimSize',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, { axis }: Attrs) => checkAxes('dimSize', x.shape, [axis]) ?? { y: { dtype: 'int32', shape: [] } },
  gradient: () => ({}),
  cost: noFlops,
  tensorflow: (b, { x }, { attrs: { axis } }) => {
    const shape = b.node('Shape', [x], { ...typeOf(x, { out_type: { type: 'int32' } }), dtype: 'int32' });
    const types = { Tparams: { type: 'int32' }, Tindices: { type: 'int32' }, Taxis: { type: 'int32' } } as const;
    const place = [b.constant([axis], 'int32', []), b.constant([0], 'int32', [])];
    return { y: b.node('GatherV2', [shape, ...place], { attrs: { ...types, batch_dims: { int: 0 } } }) };
  },
  onnx: (b, { x }, { attrs: { axis } }) => {
    const shape = b.node('Shape', [x], { dtype: 'int64' });
    return { y: castOnnx(b, b.node('Gather', [shape, b.constant([axis], 'int64', [])]), 'int32') };
  },
  tfjs: (tf, { x }, { attrs: { axis } }) => ({ y: tf.scalar(x.shape[axis] ?? 0, 'int32') }),
  samples: [
    { inputs: { x: { shape: [3, 4], declared: ['batch', 4] } }, attrs: { axis: 0 } },
    { inputs: { x: { shape: [3, 4] } }, attrs: { axis: 1 } },
  ],
});
