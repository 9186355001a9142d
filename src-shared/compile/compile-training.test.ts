import { describe, expect, test } from 'vitest';
import { openTensorflowRunner } from '../../src-main/backends/tensorflow/runner';
import { lookupOp } from '../ops/catalog';
import type { TensorData } from '../ops/tensor';
import { createRandom } from '../random';
import { compileTraining } from './compile-training';
import { chain, referenceCnn } from './fixtures/networks';
import { initialState } from './initializers';

const adam = { type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
const objectives = [{ output: 'y', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] }] as const;
const classification = { objectives, optimizer: adam } as const;

function float(shape: readonly number[], data: Iterable<number>): TensorData {
  return { dtype: 'float32', shape, data: Float32Array.from(data) };
}

/** Points in two clouds, told apart by the sign of their sum. */
function clouds(rows: number, width: number) {
  const random = createRandom(5);
  const x = Float32Array.from({ length: rows * width }, () => random.normal());
  const labels = Int32Array.from({ length: rows }, (_, i) => {
    const sum = x.slice(i * width, (i + 1) * width).reduce((a, b) => a + b, 0);
    return sum > 0 ? 1 : 0;
  });
  return { x: float([rows, width], x), 'target/y': { dtype: 'int32', shape: [rows], data: labels } as const };
}

const perceptron = chain([
  ['input', { shape: '4' }, 'x'],
  ['dense', { units: 8, activation: 'relu' }],
  ['dropout', { rate: 0.2 }],
  ['dense', { units: 2, activation: 'softmax' }],
]);

const runner = openTensorflowRunner({ lookup: lookupOp });

describe('compileTraining', () => {
  test('declares the feeds and fetches of every entry', () => {
    const { entries, state } = compileTraining({ program: referenceCnn(), ...classification });
    expect(Object.keys(entries.step?.feeds ?? {}).sort()).toEqual(['input_0', 'learningRate', 'target/y']);
    expect(Object.keys(entries.step?.fetches ?? {}).sort()).toEqual(['accuracy', 'loss']);
    expect(Object.keys(entries.evaluate?.feeds ?? {}).sort()).toEqual(['input_0', 'target/y']);
    expect(entries.evaluate?.targets).toEqual([]);
    expect(Object.keys(entries.predict?.feeds ?? {})).toEqual(['input_0']);
    expect(Object.keys(entries.init?.feeds ?? {}).sort()).toEqual(state.map(({ id }) => id).sort());
    expect(Object.keys(entries.snapshot?.fetches ?? {}).sort()).toEqual(state.map(({ id }) => id).sort());
  });

  test('shares what training and evaluation have in common', () => {
    const { steps } = compileTraining({ program: referenceCnn(), ...classification });
    const count = (op: string) => steps.filter((step) => step.op === op).length;
    // Both convolutions come before the dropout; the dense layers after it stand once per phase.
    expect(count('conv2d')).toBe(2);
    expect(count('conv2dBackpropFilter')).toBe(2);
    expect(count('conv2dBackpropInput')).toBe(1);
    expect(count('readState')).toBe(new Set(steps.map(({ attrs }) => attrs.state)).size - 1);
  });

  test('refuses a loss that does not fit the output, and a feed named like one of its own', () => {
    const one = chain([
      ['input', { shape: '4' }, 'x'],
      ['dense', { units: 1 }],
    ]);
    expect(() => compileTraining({ program: one, ...classification })).toThrow('loss-needs-classes');
    const named = chain([
      ['input', { shape: '4' }, 'learningRate'],
      ['dense', { units: 2 }],
    ]);
    expect(() => compileTraining({ program: named, ...classification })).toThrow('reserved-input-name');
  });
});

describe('a compiled training session', () => {
  test('learns, evaluates and predicts in one session', async () => {
    const program = compileTraining({ program: perceptron, ...classification, seed: 42 });
    const session = await runner.open(program);
    await session.run('init', initialState(program, 42));
    const { x, ...target } = clouds(64, 4);
    const before = Number((await session.run('evaluate', { x, ...target })).loss?.data[0]);
    for (let i = 0; i < 200; i++) await session.run('step', { x, ...target, learningRate: float([], [0.02]) });
    const after = await session.run('evaluate', { x, ...target });
    expect(Number(after.loss?.data[0])).toBeLessThan(before / 3);
    expect(after.accuracy?.data[0]).toBeGreaterThan(60);
    const predicted = await session.run('predict', { x });
    expect(predicted.y?.shape).toEqual([64, 2]);
    const snapshot = await session.run('snapshot');
    expect(snapshot['training/step']?.data[0]).toBe(200);
    await session.close();
  });

  test('goes on from a snapshot as if nothing had happened', async () => {
    const program = compileTraining({ program: perceptron, ...classification, seed: 42 });
    const feeds = { ...clouds(16, 4), learningRate: float([], [0.01]) };
    const run = async (restart: boolean) => {
      let session = await runner.open(program);
      await session.run('init', initialState(program, 1));
      for (let i = 0; i < 6; i++) {
        if (restart && i === 3) {
          const state = await session.run('snapshot');
          await session.close();
          session = await runner.open(program);
          await session.run('restore', state);
        }
        await session.run('step', feeds);
      }
      const state = await session.run('snapshot');
      await session.close();
      return state;
    };
    expect(await run(true)).toEqual(await run(false));
  });

  test('keeps the weights of frozen layers', async () => {
    const program = compileTraining({ program: perceptron, ...classification, frozen: ['dense_1'] });
    const session = await runner.open(program);
    const initial = initialState(program, 1);
    await session.run('init', initial);
    await session.run('step', { ...clouds(16, 4), learningRate: float([], [0.01]) });
    const after = await session.run('snapshot');
    expect(after['dense_1/kernel']).toEqual(initial['dense_1/kernel']);
    expect(after['dense_3/kernel']).not.toEqual(initial['dense_3/kernel']);
    await session.close();
  });

  test('tells which layer is the first with numbers that are not finite', async () => {
    const program = compileTraining({ program: perceptron, ...classification });
    const session = await runner.open(program);
    await session.run('init', {
      ...initialState(program, 1),
      'dense_1/bias': float([8], [0, 0, Number.NaN, 0, 0, 0, 0, 0]),
    });
    const found = await session.run('diagnose', { x: clouds(4, 4).x });
    expect(Object.entries(found).find(([, { data }]) => Number(data[0]) > 0)?.[0]).toBe('dense_1');
    await session.close();
  });
});
