import { defineOp } from './define-op';
import { gruKind, gruSamples } from './shapes/gru';
import { checkRecurrent, recurrentFlops, sameStates } from './shapes/recurrent';

/**
 * The outputs y [time, batch, units] of a GRU over a sequence x [time, batch, in], from a state of 0. Weights are
 * those of Keras with `reset_after`: kernel [in, 3 · units], recurrentKernel [units, 3 · units], bias [2, 3 · units],
 * gates in the order z, r, h.
 */
export const gru = defineOp({
  name: 'gru',
  inputs: ['x', 'kernel', 'recurrentKernel', 'bias'],
  outputs: ['y'],
  inferShape: (inputs) => sameStates(checkRecurrent(gruKind, inputs), ['y']),
  cost: (inputs) => ({ flops: recurrentFlops(inputs) }),
  // Training keeps the gates of every step for the way back.
  lower: (b, inputs, { phase }) => ({ y: b.value(phase === 'train' ? 'gruTraining' : 'gruInference', inputs) }),
  samples: gruSamples.map((inputs) => ({ inputs })),
});
