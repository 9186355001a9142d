import type { LayerCase } from './layer-cases';

/** Gaps at either end and within, and an example without a step that counts. */
const gaps = [
  [1, 1, 1, 1, 1],
  [1, 1, 1, 0, 0],
  [0, 1, 0, 1, 0],
  [0, 0, 0, 0, 0],
] as const satisfies LayerCase['mask'];

const inputs = { x: [4, 5, 3] } as const;

/** A recurrent layer in both directions, which Keras wraps around one that reads forwards. */
function both(kind: 'lstm' | 'gru', [mergeMode, returnSequences]: readonly [string, boolean]): LayerCase {
  const keras = { units: 2, return_sequences: returnSequences };
  return {
    ours: [kind, { units: 2, direction: 'bidirectional', mergeMode, returnSequences }],
    keras: ['Bidirectional', { layer: [kind.toUpperCase(), keras], merge_mode: mergeMode }],
    inputs,
  };
}

/** LSTM, GRU and both directions of them, with and without masks. */
export const recurrentCases: Readonly<Record<string, LayerCase>> = {
  LSTM: { ours: ['lstm', { units: 4 }], keras: ['LSTM', { units: 4 }], inputs },
  'LSTM with every output, without bias': {
    ours: ['lstm', { units: 2, returnSequences: true, useBias: false }],
    keras: ['LSTM', { units: 2, return_sequences: true, use_bias: false }],
    inputs,
  },
  'LSTM that reads backwards': {
    ours: ['lstm', { units: 2, returnSequences: true, direction: 'reverse' }],
    keras: ['LSTM', { units: 2, return_sequences: true, go_backwards: true }],
    inputs,
  },
  'LSTM of sequences of unequal length': {
    ours: ['lstm', { units: 3 }],
    keras: ['LSTM', { units: 3 }],
    inputs,
    mask: gaps,
  },
  'LSTM with every output, of sequences of unequal length': {
    ours: ['lstm', { units: 3, returnSequences: true }],
    keras: ['LSTM', { units: 3, return_sequences: true }],
    inputs,
    mask: gaps,
  },
  GRU: { ours: ['gru', { units: 4 }], keras: ['GRU', { units: 4 }], inputs },
  'GRU with every output, without bias': {
    ours: ['gru', { units: 2, returnSequences: true, useBias: false }],
    keras: ['GRU', { units: 2, return_sequences: true, use_bias: false }],
    inputs,
  },
  'GRU of so many steps that they are a loop': {
    ours: ['gru', { units: 3, returnSequences: true }],
    keras: ['GRU', { units: 3, return_sequences: true }],
    inputs: { x: [2, 40, 3] },
  },
  'GRU that reads backwards, of sequences of unequal length': {
    ours: ['gru', { units: 2, direction: 'reverse' }],
    keras: ['GRU', { units: 2, go_backwards: true }],
    inputs,
    mask: gaps,
  },
  'GRU with every output, of sequences of unequal length': {
    ours: ['gru', { units: 3, returnSequences: true }],
    keras: ['GRU', { units: 3, return_sequences: true }],
    inputs,
    mask: gaps,
  },
  'bidirectional LSTM': both('lstm', ['concat', false]),
  'bidirectional LSTM with every output, summed': both('lstm', ['sum', true]),
  'bidirectional GRU, multiplied': both('gru', ['mul', false]),
  'bidirectional GRU with every output, averaged': both('gru', ['ave', true]),
  'bidirectional LSTM with every output, of sequences of unequal length': {
    ...both('lstm', ['concat', true]),
    mask: gaps,
  },
};
