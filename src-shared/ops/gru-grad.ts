import { isProblem } from '../problem';
import { defineOp } from './define-op';
import { multiplyDims } from './dims';
import { scanGruGradient } from './emit/gru-cell';
import { tensorflowCells } from './emit/tensorflow-cells';
import { tfjsCells } from './emit/tfjs-cells';
import { gruKind, gruOutputs, gruSamples } from './shapes/gru';
import { checkRecurrent, recurrentFlops, sequenceSizes } from './shapes/recurrent';

/** Gradients of a GRU's sequence and weights, given what `gruTraining` computed and dy [time, batch, units]. */
export const gruGrad = defineOp({
  name: 'gruGrad',
  inputs: ['x', 'kernel', 'recurrentKernel', 'bias', ...gruOutputs, 'dy'],
  outputs: ['dx', 'dKernel', 'dRecurrentKernel', 'dBias'],
  inferShape: (inputs) => {
    const checked = checkRecurrent(gruKind, inputs);
    if (isProblem(checked)) return checked;
    return { dx: inputs.x, dKernel: inputs.kernel, dRecurrentKernel: inputs.recurrentKernel, dBias: inputs.bias };
  },
  cost: (inputs) => ({ flops: multiplyDims(2, recurrentFlops(inputs)) }),
  tensorflow: (b, inputs, { inputTypes }) => scanGruGradient(tensorflowCells(b), inputs, sequenceSizes(inputTypes)),
  onnx: 'training only',
  tfjs: (tf, inputs) => scanGruGradient(tfjsCells(tf), inputs, sequenceSizes(inputs)),
  samples: gruSamples.map(({ x, ...weights }) => {
    const states = { shape: [...x.shape.slice(0, 2), weights.recurrentKernel.shape[0] ?? 1], fill: 'uniform' } as const;
    const steps = Object.fromEntries(gruOutputs.map((name) => [name, states]));
    return { inputs: { x, ...weights, ...steps, dy: states } };
  }),
});
