import { defineOp } from './define-op';
import { lstmKind, lstmSamples } from './shapes/lstm';
import { checkRecurrent, recurrentFlops, sameStates } from './shapes/recurrent';

/**
 * The outputs y [time, batch, units] of an LSTM over a sequence x [time, batch, in], from states of 0. Weights are
 * Keras': kernel [in, 4 · units], recurrentKernel [units, 4 · units], bias [4 · units], gates in the order i, f, c, o.
 */
export const lstm = defineOp({
  name: 'lstm',
  inputs: ['x', 'kernel', 'recurrentKernel', 'bias'],
  outputs: ['y'],
  inferShape: (inputs) => sameStates(checkRecurrent(lstmKind, inputs), ['y']),
  cost: (inputs) => ({ flops: recurrentFlops(inputs) }),
  // Training keeps the gates of every step for the way back.
  lower: (b, inputs, { phase }) => ({ y: b.value(phase === 'train' ? 'lstmTraining' : 'lstmInference', inputs) }),
  samples: lstmSamples.map((inputs) => ({ inputs })),
});
