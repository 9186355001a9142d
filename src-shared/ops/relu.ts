import { defineOp } from './define-op';
import { typeOf } from './emit/tensorflow-node';
import { floatLike, perElement } from './shapes/elementwise';

/** max(x, 0). Nair and Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines", 2010. */
export const relu = defineOp({
  name: 'relu',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }) => floatLike('relu', x),
  gradient: (g, _inputs, { outputs, dOutputs }) => ({
    x: dOutputs.y && g.value('reluGrad', { dy: dOutputs.y, y: outputs.y }),
  }),
  eachRow: true,
  cost: perElement,
  tensorflow: (b, { x }) => ({ y: b.node('Relu', [x], typeOf(x)) }),
  onnx: (b, { x }) => ({ y: b.node('Relu', [x]) }),
  tfjs: (tf, { x }) => ({ y: tf.relu(x) }),
  samples: [{ inputs: { x: { shape: [3, 5], declared: ['batch', 5] } } }],
});
