import { describe, expect, test } from 'vitest';
import { lookupOp } from '../ops/catalog';
import type { Initializer } from '../ops/program';
import { ProgramBuilder } from '../ops/program-builder';
import { tensorType } from '../ops/tensor';
import { compileTraining } from './compile-training';
import { chain } from './fixtures/networks';
import { computeFans, initialState } from './initializers';

function draw(init: Initializer, shape: readonly number[]): number[] {
  const b = new ProgramBuilder(lookupOp);
  const y = b.declare({ id: 'layer/kernel', type: tensorType('float32', shape), init });
  return [...(initialState(b.build({ y }), 42)['layer/kernel']?.data ?? [])].map(Number);
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe('initialState', () => {
  // Fans of a [3, 3, 20, 40] kernel: 180 in, 360 out.
  test.each([
    ['glorotUniform', Math.sqrt(1 / 270), Math.sqrt(3 / 270)],
    ['heUniform', Math.sqrt(2 / 180), Math.sqrt(6 / 180)],
    ['glorotNormal', Math.sqrt(1 / 270), (2 * Math.sqrt(1 / 270)) / 0.87962566103423978],
    ['heNormal', Math.sqrt(2 / 180), (2 * Math.sqrt(2 / 180)) / 0.87962566103423978],
    ['lecunNormal', Math.sqrt(1 / 180), (2 * Math.sqrt(1 / 180)) / 0.87962566103423978],
  ] as const)('draws %s with the deviation and the limit of Keras', (type, expected, limit) => {
    const values = draw({ type }, [3, 3, 20, 40]);
    expect(deviation(values) / expected).toBeCloseTo(1, 1);
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(limit * (1 + 1e-6));
    expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(limit * 0.97);
  });

  test.each([
    [[6, 4], 4],
    [[3, 5], 3],
    [[2, 2, 3, 5], 5],
  ] as const)('draws an orthogonal matrix of shape %j', (shape, count) => {
    const values = draw({ type: 'orthogonal', gain: 2 }, shape);
    const columns = shape.at(-1) ?? 1;
    const rows = values.length / columns;
    const at = (vector: number, i: number) =>
      rows >= columns ? (values[i * columns + vector] ?? 0) : (values[vector * columns + i] ?? 0);
    for (let p = 0; p < count; p++) {
      for (let q = 0; q < count; q++) {
        const length = Math.max(rows, columns);
        const product = Array.from({ length }, (_, i) => at(p, i) * at(q, i)).reduce((a, b) => a + b, 0);
        expect(product).toBeCloseTo(p === q ? 4 : 0, 5);
      }
    }
  });

  test('depends on seed, place and role, never on names', () => {
    const network = (names: readonly [string, string]) =>
      chain([
        ['input', { shape: '6' }],
        ['dense', { units: 6 }, names[0]],
        ['dense', { units: 6 }, names[1]],
      ]);
    const first = initialState(network(['a', 'b']), 42);
    const renamed = initialState(network(['z', 'c']), 42);
    expect(renamed['z/kernel']).toEqual(first['a/kernel']);
    expect(renamed['c/kernel']).toEqual(first['b/kernel']);
    expect(first['a/kernel']).not.toEqual(first['b/kernel']);
    expect(initialState(network(['a', 'b']), 43)['a/kernel']).not.toEqual(first['a/kernel']);
  });

  test('starts a model and its compiled training with the same weights', () => {
    const program = chain([
      ['input', { shape: '6' }],
      ['dense', { units: 4, activation: 'relu' }],
      ['batchNormalization'],
      ['dense', { units: 2, activation: 'softmax' }],
    ]);
    const optimizer = { type: 'adam', learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-7 } as const;
    const step = compileTraining({
      program,
      objectives: [{ output: 'y', loss: 'sparseCategoricalCrossentropy' }],
      optimizer,
    });
    const all = initialState(step, 9);
    expect(all).toMatchObject(initialState(program, 9));
    expect(all['dense_1/kernel/velocity']?.data).toEqual(new Float32Array(24));
    expect(all['optimizer/beta2Power']?.data).toEqual(Float32Array.of(0.99));
    expect(all['training/step']?.data).toEqual(Int32Array.of(0));
  });
});

test('computeFans counts the inputs and outputs of one unit', () => {
  expect(computeFans([3, 3, 20, 40])).toEqual({ fanIn: 180, fanOut: 360 });
  expect(computeFans([7, 5])).toEqual({ fanIn: 7, fanOut: 5 });
  expect(computeFans([4])).toEqual({ fanIn: 4, fanOut: 4 });
});
