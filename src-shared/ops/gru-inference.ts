import { defineOp } from './define-op';
import { scanGru } from './emit/gru-cell';
import { recurrentOnnx } from './emit/recurrent-onnx';
import { tensorflowCells } from './emit/tensorflow-cells';
import { tfjsCells } from './emit/tfjs-cells';
import { recurrentGradient } from './recurrent-gradient';
import { gruKind, gruSamples } from './shapes/gru';
import { checkRecurrent, recurrentFlops, sameStates, sequenceSizes } from './shapes/recurrent';

/** `gru` where no gradient is asked for. */
export const gruInference = defineOp({
  name: 'gruInference',
  inputs: ['x', 'kernel', 'recurrentKernel', 'bias'],
  outputs: ['y'],
  inferShape: (inputs) => sameStates(checkRecurrent(gruKind, inputs), ['y']),
  gradient: (g, inputs, { dOutputs: { y: dy } }) =>
    dy ? recurrentGradient(g, 'gruGrad', { ...inputs, ...g.op('gruTraining', inputs), dy }) : {},
  eachRow: true,
  cost: (inputs) => ({ flops: recurrentFlops(inputs) }),
  tensorflow: (b, inputs, { inputTypes }) => ({
    y: scanGru(tensorflowCells(b), inputs, sequenceSizes(inputTypes)).y,
  }),
  // ONNX has the gates in the same order.
  onnx: (b, inputs, { inputTypes }) => ({
    y: recurrentOnnx(b, inputs, { opType: 'GRU', order: [0, 1, 2], ...sequenceSizes(inputTypes) }),
  }),
  tfjs: (tf, inputs) => ({ y: scanGru(tfjsCells(tf), inputs, sequenceSizes(inputs)).y }),
  samples: gruSamples.map((inputs) => ({ inputs })),
});
