import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src-main/backends/evaluate-steps';
import { lookupOp } from '../ops/catalog';
import type { Program } from '../ops/program';
import { ProgramBuilder } from '../ops/program-builder';
import type { TensorData } from '../ops/tensor';
import { createRandom, type Random } from '../random';
import { differentiate } from './fixtures/differentiated';
import { chain } from './fixtures/networks';
import { addGradients } from './gradients';
import { initialState } from './initializers';

type Tensors = Readonly<Record<string, TensorData>>;

const l1l2 = { type: 'l1l2', l1: 0.01, l2: 0.02 };

const image = [
  ['input', { shape: '7,7,2' }, 'x'],
  ['conv2d', { filters: 4, kernelSize: [3, 2], activation: 'tanh', kernelRegularizer: l1l2 }],
] as const;

const networks: Record<string, { program: Program; shape: number[]; loss: string; target: TensorData }> = {
  'conv, pool, dense, cross-entropy of class numbers': {
    program: chain([
      ...image,
      ['maxPooling2d', { padding: 'same' }],
      ['conv2d', { filters: 3, padding: 'same', strides: [2, 1], activation: 'elu', useBias: false }],
      ['flatten'],
      ['dense', { units: 5, activation: 'silu' }],
      ['dense', { units: 3, activation: 'softmax' }],
    ]),
    shape: [4, 7, 7, 2],
    loss: 'sparseCategoricalCrossentropy',
    target: { dtype: 'int32', shape: [4], data: Int32Array.of(0, 2, 1, 2) },
  },
  'conv, batch norm, global pooling, one-hot cross-entropy': {
    program: chain([
      ...image,
      ['batchNormalization'],
      ['activation', { activation: 'relu' }],
      ['globalAveragePooling2d'],
      ['dense', { units: 2, activation: 'softmax' }],
    ]),
    shape: [3, 7, 7, 2],
    loss: 'categoricalCrossentropy',
    target: { dtype: 'float32', shape: [3, 2], data: Float32Array.of(1, 0, 0.25, 0.75, 0, 1) },
  },
  'dense, batch norm, binary cross-entropy': {
    program: chain([
      ['input', { shape: '5' }, 'x'],
      ['dense', { units: 6, activation: 'leakyRelu' }],
      ['batchNormalization', { scale: false }],
      ['dense', { units: 1, activation: 'sigmoid' }],
    ]),
    shape: [4, 5],
    loss: 'binaryCrossentropy',
    target: { dtype: 'float32', shape: [4, 1], data: Float32Array.of(1, 0, 0, 1) },
  },
  'dense over the last of three axes, mean squared error': {
    program: chain([
      ['input', { shape: '3,4' }, 'x'],
      ['dense', { units: 3, activation: 'softplus' }],
    ]),
    shape: [2, 3, 4],
    loss: 'meanSquaredError',
    target: { dtype: 'float32', shape: [2, 3, 3], data: Float32Array.from({ length: 18 }, (_, i) => i / 9) },
  },
  'probabilities that no softmax gave, cross-entropy': {
    program: chain([
      ['input', { shape: '4' }, 'x'],
      ['dense', { units: 3, activation: 'softplus', kernelInitializer: 'zeros' }],
      ['dense', { units: 3, activation: 'sigmoid' }],
    ]),
    shape: [3, 4],
    loss: 'categoricalCrossentropy',
    target: { dtype: 'float32', shape: [3, 3], data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1) },
  },
  'dense, mean absolute error': {
    program: chain([
      ['input', { shape: '4' }, 'x'],
      ['dense', { units: 3, activation: 'tanh' }],
      ['dense', { units: 1 }],
    ]),
    shape: [3, 4],
    loss: 'meanAbsoluteError',
    target: { dtype: 'float32', shape: [3, 1], data: Float32Array.of(1, 0.5, -0.2) },
  },
};

function normal(shape: readonly number[], random: Random): TensorData {
  const length = shape.reduce((product, size) => product * size, 1);
  return { dtype: 'float64', shape, data: Float64Array.from({ length }, random.normal) };
}

function numbers(tensor: TensorData | undefined): number[] {
  return [...(tensor?.data ?? [])].map(Number);
}

/** `weights + distance · direction`, in float64. */
function moved(weights: Tensors, direction: Tensors, distance: number): Tensors {
  return Object.fromEntries(
    Object.entries(weights).map(([id, weight]) => {
      const along = numbers(direction[id]);
      const data = Float64Array.from(numbers(weight), (value, i) => value + distance * (along[i] ?? 0));
      return [id, { dtype: 'float64', shape: weight.shape, data } as const];
    }),
  );
}

describe('addGradients', () => {
  test.each(Object.entries(networks))('agrees with numeric gradients: %s', async (_name, network) => {
    const random = createRandom(11);
    const program = differentiate(network.program, network.loss);
    const weights = initialState(network.program, 7);
    const feeds = { x: normal(network.shape, random), target: network.target };
    const run = (values: Tensors) => evaluate(program, feeds, { weights: values, double: true });
    const { loss: _loss, ...gradients } = await run(moved(weights, {}, 0));
    for (const [id, gradient] of Object.entries(gradients)) {
      const direction = { [id]: normal(gradient.shape, random) };
      const expected = numbers(gradient).reduce((sum, g, i) => sum + g * (numbers(direction[id])[i] ?? 0), 0);
      const [after, before] = await Promise.all([1e-5, -1e-5].map((step) => run(moved(weights, direction, step))));
      const numeric = (Number(after?.loss?.data[0]) - Number(before?.loss?.data[0])) / 2e-5;
      expect(Math.abs(numeric - expected), id).toBeLessThan(1e-6 * Math.max(0.1, Math.abs(expected)));
    }
  });

  test('sums the gradients of a weight that is used twice', async () => {
    const b = new ProgramBuilder(lookupOp);
    const x = b.input('x', { dtype: 'float32', shape: [2] });
    const [dx] = addGradients(b, b.sum(b.multiply(x, b.unary('square', x)), [0]), [x]);
    if (!dx) throw new Error('The loss depends on x.');
    const { dx: found } = await evaluate(b.build({ dx }), {
      x: { dtype: 'float32', shape: [2], data: Float32Array.of(2, -1) },
    });
    expect(numbers(found)).toEqual([12, 3]);
  });

  test('leaves out what the loss does not depend on', () => {
    const b = new ProgramBuilder(lookupOp);
    const x = b.input('x', { dtype: 'float32', shape: [2] });
    const unused = b.input('unused', { dtype: 'float32', shape: [2] });
    expect(addGradients(b, b.sum(x, [0]), [x, unused]).map((g) => g !== undefined)).toEqual([true, false]);
  });

  test('names the op that has no gradient, and its layer', () => {
    const b = new ProgramBuilder(lookupOp);
    const x = b.input('x', { dtype: 'float32', shape: [2] });
    const loss = b.inScope('second', () => b.sum(b.value('reluGrad', { dy: x, y: x }), [0]));
    expect(() => addGradients(b, loss, [x])).toThrow('no-gradient {"op":"reluGrad"}');
  });
});
