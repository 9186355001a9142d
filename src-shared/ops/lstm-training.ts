import { defineOp } from './define-op';
import { blockLstm } from './emit/block-lstm';
import { scanLstm } from './emit/lstm-cell';
import { tensorflowCells } from './emit/tensorflow-cells';
import { tfjsCells } from './emit/tfjs-cells';
import { recurrentGradient } from './recurrent-gradient';
import { lstmKind, lstmOutputs, lstmSamples } from './shapes/lstm';
import { checkRecurrent, recurrentFlops, sameStates, sequenceSizes } from './shapes/recurrent';

/** `lstm` with all that its gradient needs: gates i, f, o, candidate ci, cell state c, and co = tanh(c) of each step. */
export const lstmTraining = defineOp({
  name: 'lstmTraining',
  inputs: ['x', 'kernel', 'recurrentKernel', 'bias'],
  outputs: lstmOutputs,
  inferShape: (inputs) => sameStates(checkRecurrent(lstmKind, inputs), lstmOutputs),
  gradient: (g, inputs, { outputs, dOutputs: { y: dy } }) =>
    dy ? recurrentGradient(g, 'lstmGrad', { ...inputs, ...outputs, dy }) : {},
  eachRow: true,
  cost: (inputs) => ({ flops: recurrentFlops(inputs) }),
  tensorflow: (b, inputs, { inputTypes, target }) => {
    const sizes = sequenceSizes(inputTypes);
    if (b.float64 || target === 'tfjsGraph') return scanLstm(tensorflowCells(b), inputs, sizes);
    return blockLstm(b, inputs, sizes);
  },
  onnx: 'training only',
  tfjs: (tf, inputs) => scanLstm(tfjsCells(tf), inputs, sequenceSizes(inputs)),
  samples: lstmSamples.map((inputs) => ({ inputs })),
});
