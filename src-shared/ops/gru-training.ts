import { defineOp } from './define-op';
import { scanGru } from './emit/gru-cell';
import { tensorflowCells } from './emit/tensorflow-cells';
import { tfjsCells } from './emit/tfjs-cells';
import { recurrentGradient } from './recurrent-gradient';
import { gruKind, gruOutputs, gruSamples } from './shapes/gru';
import { checkRecurrent, recurrentFlops, sameStates, sequenceSizes } from './shapes/recurrent';

/** `gru` with all that its gradient needs: gates z and r, candidate hh, and ih = h·U + b₁ before the reset gate. */
export const gruTraining = defineOp({
  name: 'gruTraining',
  inputs: ['x', 'kernel', 'recurrentKernel', 'bias'],
  outputs: gruOutputs,
  inferShape: (inputs) => sameStates(checkRecurrent(gruKind, inputs), gruOutputs),
  gradient: (g, inputs, { outputs, dOutputs: { y: dy } }) =>
    dy ? recurrentGradient(g, 'gruGrad', { ...inputs, ...outputs, dy }) : {},
  eachRow: true,
  cost: (inputs) => ({ flops: recurrentFlops(inputs) }),
  tensorflow: (b, inputs, { inputTypes }) => scanGru(tensorflowCells(b), inputs, sequenceSizes(inputTypes)),
  onnx: 'training only',
  tfjs: (tf, inputs) => scanGru(tfjsCells(tf), inputs, sequenceSizes(inputs)),
  samples: gruSamples.map((inputs) => ({ inputs })),
});
