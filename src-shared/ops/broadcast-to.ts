import { problem } from '../problem';
import { defineOp } from './define-op';
import { broadcastShapes, formatShape, sameShape } from './dims';
import { typeOf } from './emit/tensorflow-node';
import { noFlops } from './shapes/elementwise';

/** x repeated to the shape of `like`, by NumPy's rules; the numbers of `like` do not matter. */
export const broadcastTo = defineOp({
  name: 'broadcastTo',
  inputs: ['x', 'like'],
  outputs: ['y'],
  inferShape: ({ x, like }) => {
    const shape = broadcastShapes(x.shape, like.shape);
    if (shape && sameShape(shape, like.shape)) return { y: { dtype: x.dtype, shape } };
    return problem('shapes-do-not-broadcast', {
      op: 'broadcastTo',
      a: formatShape(x.shape),
      b: formatShape(like.shape),
    });
  },
  gradient: (g, { x }, { dOutputs: { y: dy } }) => (dy ? { x: g.sumTo(dy, x.type.shape) } : {}),
  eachRow: true,
  cost: noFlops,
  tensorflow: (b, { x, like }) => {
    const shape = b.node('Shape', [like], { ...typeOf(like, { out_type: { type: 'int32' } }), dtype: 'int32' });
    return { y: b.node('BroadcastTo', [x, shape], { ...typeOf(x, { Tidx: { type: 'int32' } }), dtype: x.dtype }) };
  },
  onnx: (b, { x, like }) => ({ y: b.node('Expand', [x, b.node('Shape', [like], { dtype: 'int64' })]) }),
  tfjs: (tf, { x, like }) => ({ y: tf.broadcastTo(x, like.shape) }),
  inDouble: (x = 0) => x,
  samples: [
    { inputs: { x: { shape: [] }, like: { shape: [2, 3], declared: ['batch', 3] } } },
    { inputs: { x: { shape: [2, 1], declared: ['batch', 1] }, like: { shape: [2, 3], declared: ['batch', 3] } } },
    { inputs: { x: { shape: [3, 1] }, like: { shape: [2, 3, 4] } } },
  ],
});
