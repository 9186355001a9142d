/** One layer built by both sides, with the same weights and inputs. */
export interface LayerCase {
  /** Our kind, without its group, and the params that differ from their defaults. */
  readonly ours: readonly [kind: string, params?: Readonly<Record<string, unknown>>];
  /** Keras' class and its arguments. */
  readonly keras: readonly [layer: string, options?: Readonly<Record<string, unknown>>];
  /** Shapes by port, in the order in which Keras' layer takes them. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
}

/** Every layer with weights or a window of its own, with the settings that change what it computes. */
export const layerCases: Readonly<Record<string, LayerCase>> = {
  'layer normalization': {
    ours: ['layerNormalization'],
    keras: ['LayerNormalization'],
    inputs: { x: [4, 12] },
  },
  'layer normalization of sequences, without shift': {
    ours: ['layerNormalization', { epsilon: 0.01, center: false }],
    keras: ['LayerNormalization', { epsilon: 0.01, center: false }],
    inputs: { x: [3, 5, 8] },
  },
};
