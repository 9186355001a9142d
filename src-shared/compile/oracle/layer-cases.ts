/** One layer built by both sides, with the same weights and inputs. */
export interface LayerCase {
  /** Our kind, without its group, and the params that differ from their defaults. */
  readonly ours: readonly [kind: string, params?: Readonly<Record<string, unknown>>];
  /** Keras' class and its arguments. */
  readonly keras: readonly [layer: string, options?: Readonly<Record<string, unknown>>];
  /** Shapes by port, in the order in which Keras' layer takes them. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /** Further arguments of the call in Keras. */
  readonly call?: Readonly<Record<string, unknown>>;
  /** Which steps of the first input count, an example a row: 1 where they do. */
  readonly mask?: readonly (readonly number[])[];
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
  'depthwise convolution': {
    ours: ['depthwiseConv2d', { depthMultiplier: 2, activation: 'tanh' }],
    keras: ['DepthwiseConv2D', { kernel_size: 3, depth_multiplier: 2, activation: 'tanh' }],
    inputs: { x: [2, 7, 6, 3] },
  },
  'separable convolution': {
    ours: ['separableConv2d', { filters: 5 }],
    keras: ['SeparableConv2D', { filters: 5, kernel_size: 3 }],
    inputs: { x: [2, 8, 7, 3] },
  },
  'separable convolution with strides, same padding and several filters a channel': {
    ours: ['separableConv2d', { filters: 4, kernelSize: [3, 2], strides: [2, 2], padding: 'same', depthMultiplier: 2 }],
    keras: [
      'SeparableConv2D',
      { filters: 4, kernel_size: [3, 2], strides: [2, 2], padding: 'same', depth_multiplier: 2 },
    ],
    inputs: { x: [2, 7, 8, 3] },
  },
  'transposed convolution': {
    ours: ['conv2dTranspose', { filters: 4 }],
    keras: ['Conv2DTranspose', { filters: 4, kernel_size: 3 }],
    inputs: { x: [2, 5, 4, 3] },
  },
  'transposed convolution that doubles the size': {
    ours: ['conv2dTranspose', { filters: 2, kernelSize: [3, 4], strides: [2, 2], padding: 'same', activation: 'relu' }],
    keras: [
      'Conv2DTranspose',
      { filters: 2, kernel_size: [3, 4], strides: [2, 2], padding: 'same', activation: 'relu' },
    ],
    inputs: { x: [2, 4, 3, 3] },
  },
  'transposed convolution with strides beyond its window': {
    ours: ['conv2dTranspose', { filters: 2, kernelSize: [2, 1], strides: [3, 2] }],
    keras: ['Conv2DTranspose', { filters: 2, kernel_size: [2, 1], strides: [3, 2] }],
    inputs: { x: [1, 4, 3, 3] },
  },
  'average pooling': {
    ours: ['averagePooling2d'],
    keras: ['AveragePooling2D', { pool_size: 2 }],
    inputs: { x: [2, 6, 5, 3] },
  },
  'average pooling, overlapping, with same padding': {
    ours: ['averagePooling2d', { poolSize: [3, 2], strides: [2, 1], padding: 'same' }],
    keras: ['AveragePooling2D', { pool_size: [3, 2], strides: [2, 1], padding: 'same' }],
    inputs: { x: [2, 6, 5, 3] },
  },
  'exact GELU': {
    ours: ['activation', { activation: 'gelu' }],
    keras: ['Activation', { activation: 'gelu' }],
    inputs: { x: [3, 8] },
  },
  'self-attention': {
    ours: ['multiHeadAttention', { numHeads: 3, keyDim: 4 }],
    keras: ['MultiHeadAttention', { num_heads: 3, key_dim: 4 }],
    inputs: { x: [2, 5, 6] },
  },
  'attention of one sequence to another, without bias': {
    ours: ['multiHeadAttention', { numHeads: 2, keyDim: 3, valueDim: 5, useBias: false }],
    keras: ['MultiHeadAttention', { num_heads: 2, key_dim: 3, value_dim: 5, use_bias: false }],
    inputs: { x: [2, 4, 6], value: [2, 7, 5], key: [2, 7, 3] },
  },
  'attention that looks back only': {
    ours: ['multiHeadAttention', { numHeads: 2, keyDim: 4, useCausalMask: true }],
    keras: ['MultiHeadAttention', { num_heads: 2, key_dim: 4 }],
    inputs: { x: [2, 5, 6] },
    call: { use_causal_mask: true },
  },
  'self-attention of sequences of unequal length': {
    ours: ['multiHeadAttention', { numHeads: 2, keyDim: 4 }],
    keras: ['MultiHeadAttention', { num_heads: 2, key_dim: 4 }],
    inputs: { x: [3, 4, 6] },
    mask: [
      [1, 1, 1, 1],
      [1, 1, 0, 0],
      [0, 1, 1, 0],
    ],
  },
};
