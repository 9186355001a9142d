import { isProblem } from '../problem';
import { defineOp } from './define-op';
import { multiplyDims } from './dims';
import { blockLstmGradient } from './emit/block-lstm';
import { scanLstmGradient } from './emit/lstm-cell';
import { tensorflowCells } from './emit/tensorflow-cells';
import { tfjsCells } from './emit/tfjs-cells';
import { lstmKind, lstmOutputs, lstmSamples } from './shapes/lstm';
import { checkRecurrent, recurrentFlops, sequenceSizes } from './shapes/recurrent';

/** Gradients of an LSTM's sequence and weights, given what `lstmTraining` computed and dy [time, batch, units]. */
export const lstmGrad = defineOp({
  name: 'lstmGrad',
  inputs: ['x', 'kernel', 'recurrentKernel', 'bias', ...lstmOutputs, 'dy'],
  outputs: ['dx', 'dKernel', 'dRecurrentKernel', 'dBias'],
  inferShape: (inputs) => {
    const checked = checkRecurrent(lstmKind, inputs);
    if (isProblem(checked)) return checked;
    return { dx: inputs.x, dKernel: inputs.kernel, dRecurrentKernel: inputs.recurrentKernel, dBias: inputs.bias };
  },
  cost: (inputs) => ({ flops: multiplyDims(2, recurrentFlops(inputs)) }),
  tensorflow: (b, inputs, { inputTypes, target }) => {
    const sizes = sequenceSizes(inputTypes);
    if (b.float64 || target === 'tfjsGraph') return scanLstmGradient(tensorflowCells(b), inputs, sizes);
    return blockLstmGradient(b, inputs, sizes);
  },
  onnx: 'training only',
  tfjs: (tf, inputs) => scanLstmGradient(tfjsCells(tf), inputs, sequenceSizes(inputs)),
  samples: lstmSamples.map(({ x, ...weights }) => {
    const states = { shape: [...x.shape.slice(0, 2), weights.recurrentKernel.shape[0] ?? 1], fill: 'uniform' } as const;
    const steps = Object.fromEntries(lstmOutputs.map((name) => [name, states]));
    return { inputs: { x, ...weights, ...steps, dy: states } };
  }),
});
