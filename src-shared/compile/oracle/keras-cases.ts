import type { TensorData } from '../../ops/tensor';
import { createRandom } from '../../random';
import type { TrainingSettings } from '../compile-training';
import { chain, type LayerSpec } from '../fixtures/networks';
import type { ScheduleSettings } from '../schedules/catalog';

/** One network trained by both sides. Layers stand as ours and as Keras' with the same name. */
export interface KerasCase {
  readonly layers: readonly { readonly ours: LayerSpec; readonly keras?: readonly [string, Record<string, unknown>] }[];
  readonly shape: readonly number[];
  /** Inputs are whole numbers below this: words, of which 0 is padding. */
  readonly words?: number;
  readonly batch: number;
  readonly steps: number;
  readonly loss: readonly [ours: string, keras: string];
  readonly target: 'classes' | 'oneHot' | 'binary' | 'numbers';
  readonly classes: number;
  readonly optimizer: TrainingSettings['optimizer'];
  readonly kerasOptimizer: readonly [string, Record<string, unknown>];
  readonly clip?: TrainingSettings['clip'];
  readonly schedule?: ScheduleSettings;
  readonly kerasSchedule?: readonly [string, Record<string, unknown>];
}

interface Batch {
  readonly x: TensorData;
  readonly 'target/y': TensorData;
}

const sparse = ['sparseCategoricalCrossentropy', 'SparseCategoricalCrossentropy'] as const;
const adam = { type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
const kerasAdam = ['Adam', { learning_rate: 0.001 }] as const;

const input = (shape: readonly number[]): KerasCase['layers'][number] => ({
  ours: ['input', { shape: shape.join(',') }, 'x'],
});
const conv = (name: string, filters: number): KerasCase['layers'][number] => ({
  ours: ['conv2d', { filters, activation: 'relu' }, name],
  keras: ['Conv2D', { filters, kernel_size: 3, activation: 'relu' }],
});
const dense = (name: string, units: number, activation: string): KerasCase['layers'][number] => ({
  ours: ['dense', { units, activation }, name],
  keras: ['Dense', { units, activation }],
});
const pool = (name: string): KerasCase['layers'][number] => ({
  ours: ['maxPooling2d', {}, name],
  keras: ['MaxPooling2D', {}],
});
const plain = (ours: string, keras: string, name: string): KerasCase['layers'][number] => ({
  ours: [ours, {}, name],
  keras: [keras, {}],
});

const classifier = { loss: sparse, target: 'classes', optimizer: adam, kerasOptimizer: kerasAdam } as const;

const embedding = (name: string, [words, size]: readonly [number, number]): KerasCase['layers'][number] => ({
  ours: ['embedding', { inputDim: words, outputDim: size, maskZero: true }, name],
  keras: ['Embedding', { input_dim: words, output_dim: size, mask_zero: true }],
});

/** The three architectures of the promise; each trained for fifty steps. */
export const architectures: Readonly<Record<string, KerasCase>> = {
  'reference network': {
    ...classifier,
    layers: [
      input([28, 28, 1]),
      conv('conv', 32),
      pool('pool'),
      conv('conv_1', 64),
      pool('pool_1'),
      plain('flatten', 'Flatten', 'flat'),
      dense('hidden', 64, 'relu'),
      dense('classes', 10, 'softmax'),
    ],
    shape: [28, 28, 1],
    batch: 32,
    steps: 50,
    classes: 10,
  },
  'dense with batch norm': {
    ...classifier,
    layers: [
      input([12]),
      dense('first', 32, 'relu'),
      plain('batchNormalization', 'BatchNormalization', 'norm'),
      dense('second', 16, 'tanh'),
      dense('classes', 4, 'softmax'),
    ],
    shape: [12],
    batch: 32,
    steps: 50,
    classes: 4,
  },
  'convolution with global average pooling': {
    ...classifier,
    layers: [
      input([12, 12, 3]),
      conv('conv', 16),
      conv('conv_1', 16),
      plain('globalAveragePooling2d', 'GlobalAveragePooling2D', 'mean'),
      dense('classes', 5, 'softmax'),
    ],
    shape: [12, 12, 3],
    batch: 32,
    steps: 50,
    classes: 5,
  },
};

const small = {
  layers: [input([6]), dense('first', 8, 'tanh'), dense('classes', 3, 'softmax')],
  shape: [6],
  batch: 8,
  steps: 10,
  classes: 3,
  loss: sparse,
  target: 'classes',
} as const;
const sgd = { type: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false } as const;
const kerasSgd = ['SGD', { learning_rate: 0.1 }] as const;
const plainSgd = { ...small, optimizer: sgd, kerasOptimizer: kerasSgd } as const;

/** Optimizers, clipping, schedules and penalties, ten steps each. */
export const settings: Readonly<Record<string, KerasCase>> = {
  sgd: plainSgd,
  'sgd with momentum': {
    ...small,
    optimizer: { ...sgd, momentum: 0.9 },
    kerasOptimizer: ['SGD', { learning_rate: 0.1, momentum: 0.9 }],
  },
  'sgd with Nesterov momentum': {
    ...small,
    optimizer: { ...sgd, momentum: 0.9, nesterov: true },
    kerasOptimizer: ['SGD', { learning_rate: 0.1, momentum: 0.9, nesterov: true }],
  },
  rmsprop: {
    ...small,
    optimizer: { type: 'rmsprop', learningRate: 0.01, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false },
    kerasOptimizer: ['RMSprop', { learning_rate: 0.01 }],
  },
  'rmsprop, centered, with momentum': {
    ...small,
    optimizer: { type: 'rmsprop', learningRate: 0.001, rho: 0.8, momentum: 0.5, epsilon: 1e-3, centered: true },
    kerasOptimizer: ['RMSprop', { learning_rate: 0.001, rho: 0.8, momentum: 0.5, epsilon: 1e-3, centered: true }],
  },
  adam: { ...small, optimizer: { ...adam, learningRate: 0.01 }, kerasOptimizer: ['Adam', { learning_rate: 0.01 }] },
  adamw: {
    ...small,
    optimizer: { ...adam, type: 'adamw', learningRate: 0.01, weightDecay: 0.1 },
    kerasOptimizer: ['AdamW', { learning_rate: 0.01, weight_decay: 0.1 }],
  },
  'clipped values': {
    ...plainSgd,
    clip: { type: 'value', limit: 0.02 },
    kerasOptimizer: ['SGD', { learning_rate: 0.1, clipvalue: 0.02 }],
  },
  'clipped norms': {
    ...plainSgd,
    clip: { type: 'norm', limit: 0.1 },
    kerasOptimizer: ['SGD', { learning_rate: 0.1, clipnorm: 0.1 }],
  },
  'clipped global norm': {
    ...plainSgd,
    clip: { type: 'globalNorm', limit: 0.1 },
    kerasOptimizer: ['SGD', { learning_rate: 0.1, global_clipnorm: 0.1 }],
  },
  'step schedule': {
    ...plainSgd,
    schedule: { type: 'step', decaySteps: 3, decayRate: 0.5 },
    kerasSchedule: [
      'ExponentialDecay',
      { initial_learning_rate: 0.1, decay_steps: 3, decay_rate: 0.5, staircase: true },
    ],
  },
  'exponential schedule': {
    ...plainSgd,
    schedule: { type: 'exponential', decaySteps: 4, decayRate: 0.7 },
    kerasSchedule: ['ExponentialDecay', { initial_learning_rate: 0.1, decay_steps: 4, decay_rate: 0.7 }],
  },
  'cosine schedule with warm-up': {
    ...plainSgd,
    schedule: { type: 'cosine', decaySteps: 5, alpha: 0.1, warmupSteps: 3 },
    kerasSchedule: [
      'CosineDecay',
      { initial_learning_rate: 0, decay_steps: 5, alpha: 0.1, warmup_target: 0.1, warmup_steps: 3 },
    ],
  },
  'penalties on weights': {
    ...plainSgd,
    layers: [
      input([6]),
      {
        ours: ['dense', { units: 8, kernelRegularizer: { type: 'l1l2', l1: 0.01, l2: 0.02 } }, 'first'],
        keras: ['Dense', { units: 8, kernel_regularizer: { l1: 0.01, l2: 0.02 } }],
      },
      dense('classes', 3, 'softmax'),
    ],
  },
  'one-hot cross-entropy': {
    ...plainSgd,
    loss: ['categoricalCrossentropy', 'CategoricalCrossentropy'],
    target: 'oneHot',
  },
  'binary cross-entropy': {
    ...plainSgd,
    layers: [input([6]), dense('first', 8, 'elu'), dense('classes', 1, 'sigmoid')],
    loss: ['binaryCrossentropy', 'BinaryCrossentropy'],
    target: 'binary',
  },
  'mean squared error': {
    ...plainSgd,
    layers: [input([6]), dense('first', 8, 'silu'), dense('classes', 3, 'linear')],
    loss: ['meanSquaredError', 'MeanSquaredError'],
    target: 'numbers',
  },
  'mean absolute error': {
    ...plainSgd,
    layers: [input([6]), dense('first', 8, 'softplus'), dense('classes', 3, 'linear')],
    loss: ['meanAbsoluteError', 'MeanAbsoluteError'],
    target: 'numbers',
  },
  'embedding and LSTM, over padded sequences': {
    ...plainSgd,
    layers: [
      input([9]),
      embedding('words', [20, 8]),
      { ours: ['lstm', { units: 12 }, 'lstm'], keras: ['LSTM', { units: 12 }] },
      dense('classes', 4, 'softmax'),
    ],
    shape: [9],
    words: 20,
    classes: 4,
  },
  'strides, padding and no bias': {
    ...plainSgd,
    layers: [
      input([9, 8, 2]),
      {
        ours: ['conv2d', { filters: 4, kernelSize: [3, 2], strides: [2, 1], padding: 'same', useBias: false }, 'conv'],
        keras: ['Conv2D', { filters: 4, kernel_size: [3, 2], strides: [2, 1], padding: 'same', use_bias: false }],
      },
      plain('batchNormalization', 'BatchNormalization', 'norm'),
      {
        ours: ['maxPooling2d', { poolSize: [2, 3], strides: [2, 1], padding: 'same' }, 'pool'],
        keras: ['MaxPooling2D', { pool_size: [2, 3], strides: [2, 1], padding: 'same' }],
      },
      plain('flatten', 'Flatten', 'flat'),
      dense('classes', 3, 'softmax'),
    ],
    shape: [9, 8, 2],
  },
};

export function programOf({ layers }: KerasCase) {
  return chain(layers.map(({ ours }) => ours));
}

/** Learnable batches: each class has its own pattern, under noise. */
export function batchesOf(one: KerasCase): Batch[] {
  const random = createRandom(17);
  const size = one.shape.reduce((product, length) => product * length, 1);
  const patterns = Array.from({ length: one.classes }, () => Array.from({ length: size }, random.normal));
  return Array.from({ length: one.steps }, () => {
    const labels = Array.from({ length: one.batch }, () => Math.floor(random.uniform() * one.classes));
    const noisy = labels.flatMap((label) => (patterns[label] ?? []).map((value) => 0.5 * value + random.normal()));
    const x = one.words === undefined ? noisy : noisy.map(wordBelow(one.words));
    return {
      x: { dtype: 'float32', shape: [one.batch, ...one.shape], data: Float32Array.from(x) },
      'target/y': targetOf(one, labels),
    };
  });
}

/** A number as a word: 0, which is padding, for those of at most −1. */
function wordBelow(words: number): (value: number) => number {
  return (value) => Math.max(0, Math.min(words - 1, Math.floor((value + 1) * (words / 4))));
}

function targetOf({ target, classes, batch }: KerasCase, labels: readonly number[]): TensorData {
  if (target === 'classes') return { dtype: 'int32', shape: [batch], data: Int32Array.from(labels) };
  if (target === 'binary') {
    return { dtype: 'float32', shape: [batch, 1], data: Float32Array.from(labels, (label) => label % 2) };
  }
  const oneHot = labels.flatMap((label) => Array.from({ length: classes }, (_, i) => Number(i === label)));
  const data = Float32Array.from(oneHot, (value, i) => (target === 'oneHot' ? value : value * 2 - (i % 3) / 2));
  return { dtype: 'float32', shape: [batch, classes], data };
}
