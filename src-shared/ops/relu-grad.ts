import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { broadcast, perElement } from './shapes/elementwise';

/** dx = dy where y > 0, else 0, for y = relu(x). */
export const reluGrad = defineOp({
  name: 'reluGrad',
  inputs: ['dy', 'y'],
  outputs: ['x'],
  inferShape: ({ dy, y }) => {
    const inferred = broadcast('reluGrad', { a: dy, b: y });
    return 'y' in inferred ? { x: inferred.y } : inferred;
  },
  cost: ({ dy }) => perElement(undefined, { y: dy }),
  tensorflow: (b, { dy, y }) => ({ x: b.node('ReluGrad', [dy, y], typeOf(dy)) }),
  onnx: 'training only',
  tfjs: (tf, { dy, y }) => ({ x: tf.mul(dy, tf.step(y)) }),
  samples: [{ inputs: { dy: { shape: [3, 5] }, y: { shape: [3, 5] } } }],
});
