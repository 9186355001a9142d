import { defineOp } from './define-op';
import { blockLstm } from './emit/block-lstm';
import { scanLstm } from './emit/lstm-cell';
import { recurrentOnnx } from './emit/recurrent-onnx';
import { tensorflowCells } from './emit/tensorflow-cells';
import { tfjsCells } from './emit/tfjs-cells';
import { recurrentGradient } from './recurrent-gradient';
import { lstmKind, lstmSamples } from './shapes/lstm';
import { checkRecurrent, recurrentFlops, sameStates, sequenceSizes } from './shapes/recurrent';

/** `lstm` where no gradient is asked for. */
export const lstmInference = defineOp({
  name: 'lstmInference',
  inputs: ['x', 'kernel', 'recurrentKernel', 'bias'],
  outputs: ['y'],
  inferShape: (inputs) => sameStates(checkRecurrent(lstmKind, inputs), ['y']),
  gradient: (g, inputs, { dOutputs: { y: dy } }) =>
    dy ? recurrentGradient(g, 'lstmGrad', { ...inputs, ...g.op('lstmTraining', inputs), dy }) : {},
  eachRow: true,
  cost: (inputs) => ({ flops: recurrentFlops(inputs) }),
  tensorflow: (b, inputs, { inputTypes, target }) => {
    const sizes = sequenceSizes(inputTypes);
    const { y } =
      b.float64 || target === 'tfjsGraph' ? scanLstm(tensorflowCells(b), inputs, sizes) : blockLstm(b, inputs, sizes);
    return { y };
  },
  // ONNX has the gates in the order i, o, f, c.
  onnx: (b, inputs, { inputTypes }) => ({
    y: recurrentOnnx(b, inputs, { opType: 'LSTM', order: [0, 3, 1, 2], ...sequenceSizes(inputTypes) }),
  }),
  tfjs: (tf, inputs) => ({ y: scanLstm(tfjsCells(tf), inputs, sequenceSizes(inputs)).y }),
  samples: lstmSamples.map((inputs) => ({ inputs })),
});
