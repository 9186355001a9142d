import { describe, expect, test } from 'vitest';
import { compileTraining } from '../../src-shared/compile/compile-training';
import { entryMemory, stateMemory } from '../../src-shared/compile/entry-memory';
import { chain } from '../../src-shared/compile/fixtures/networks';
import { checkEstimatorMemory, checkMemory, evaluationBatch, trainingMemory } from '../../src-shared/fit/check-memory';
import type { TrainingPlan } from '../../src-shared/fit/train-network';
import { trainingParams } from '../../src-shared/fit/training-params';
import { lookupOp } from '../../src-shared/ops/catalog';
import { ProblemError } from '../../src-shared/problem';
import type { Programs, RunnerDevice } from '../../src-shared/runs/run-context';
import type { NetworkEstimator } from '../../src-shared/runs/values';
import { defaultParams } from '../../src-shared/types/params';
import type { TableType } from '../../src-shared/types/ports';

const optimizer = { type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
const network = chain([
  ['input', { shape: '32,32,3' }],
  ['conv2d', { filters: 32, activation: 'relu', padding: 'same' }],
  ['batchNormalization'],
  ['conv2d', { filters: 32, activation: 'relu', padding: 'same' }],
  ['globalAveragePooling2d'],
  ['dense', { units: 10, activation: 'softmax' }],
]);
const program = compileTraining({
  program: network,
  objectives: [{ output: 'y', loss: 'sparseCategoricalCrossentropy' }],
  optimizer,
});
const weights = 3 * 9 * 32 + 32 + 4 * 32 + 32 * 9 * 32 + 32 + 32 * 10 + 10;

describe('the memory of a training step', () => {
  test('counts weights, two slots for each that learns, and the counters', () => {
    const learning = weights - 2 * 32;
    // Beside them: the step counter and the optimizer's two powers.
    expect(stateMemory(program) - 4 * (weights + 2 * learning)).toBeLessThanOrEqual(16);
  });

  test('grows by what a row takes', () => {
    const of = entryMemory(program, 'step', lookupOp);
    const perRow = of(201) - of(200);
    expect(of(401) - of(400)).toBe(perRow);
    // What the gradient reads again: two convolutions, the normalization and both activations.
    expect(perRow).toBeGreaterThan(4 * 32 * 32 * 32 * 4);
    expect(entryMemory(program, 'predict', lookupOp)(200)).toBeLessThan(of(200));
  });
});

test('rows are evaluated 500 at a time, or fewer where they are large', () => {
  expect(evaluationBatch(program, 32)).toBe(500);
  const large = chain([
    ['input', { shape: '512,512,3' }],
    ['conv2d', { filters: 64, activation: 'relu' }],
    ['globalAveragePooling2d'],
    ['dense', { units: 10, activation: 'softmax' }],
  ]);
  const steps = compileTraining({
    program: large,
    objectives: [{ output: 'y', loss: 'sparseCategoricalCrossentropy' }],
    optimizer,
  });
  const rows = evaluationBatch(steps, 2);
  expect(rows).toBeLessThan(20);
  expect(rows).toBeGreaterThanOrEqual(2);
  expect(entryMemory(steps, 'evaluate', lookupOp)(rows)).toBeLessThanOrEqual(600e6);
  // Rows that are too many to be held are not gathered by hundreds either.
  expect(evaluationBatch(steps, 1, 'onDisk')).toBeLessThan(evaluationBatch(steps, 1));
});

const tableOf = (rows: number): TableType => ({ type: 'table', columns: [], rows, steps: [] });

describe('a training that does not fit', () => {
  const plan: TrainingPlan = {
    program,
    initial: {},
    columns: [{ name: 'input_0', dtype: 'float32', rowShape: [32, 32, 3], values: new Float32Array(3072) }],
    trainRows: new Int32Array(5000),
    validationRows: new Int32Array(0),
    epochs: 1,
    batchSize: 4096,
    learningRate: () => 0.001,
    seed: 1,
  };
  const machine = (free: number, device: RunnerDevice = { kind: 'cpu' }): Programs => ({
    runner: { name: 'test', description: 'test', fingerprint: 'test', device },
    freeMemory: () => free,
    open: () => Promise.reject(new Error('Nothing is opened.')),
  });
  const problemOf = (programs: Programs) => {
    try {
      checkMemory(plan, programs);
      return undefined;
    } catch (error) {
      if (error instanceof ProblemError) return error.problem;
      throw error;
    }
  };

  test('is refused with the largest batch size that does', () => {
    const found = problemOf(machine(1e9));
    expect(found).toMatchObject({ code: 'batch-does-not-fit', param: 'batchSize', values: { free: '900 MB' } });
    const largest = Number(found?.fix?.to);
    const { fixed, step } = trainingMemory(plan, { onCard: false });
    expect(fixed + step(largest)).toBeLessThanOrEqual(0.9e9);
    expect(fixed + step(largest + 1)).toBeGreaterThan(0.9e9);
  });

  test('is refused on a card by the card’s memory', () => {
    const card = { kind: 'gpu', name: 'NVIDIA H100', memory: 1e9 } as const;
    expect(problemOf(machine(1e9, card))?.code).toBe('batch-does-not-fit');
    expect(problemOf(machine(80e9, card))).toBeUndefined();
  });

  test('is refused before a run, as far as the network alone tells, by the rows that a step would have', () => {
    const training = { ...defaultParams(trainingParams), batchSize: 4096 };
    const estimator = { kind: 'network', program: network, bindings: [], aims: {}, training } as NetworkEstimator;
    const check = (free: number, rows?: number) =>
      checkEstimatorMemory(estimator, rows === undefined ? undefined : tableOf(rows), machine(free));
    expect(() => check(1e9)).toThrow('batch-does-not-fit');
    expect(() => check(1e9, 50_000)).toThrow('batch-does-not-fit');
    expect(() => check(1e9, 20)).not.toThrow();
    expect(() => check(1e6, 20)).toThrow('model-does-not-fit');
  });

  test('is refused as a whole where not even one row fits', () => {
    expect(problemOf(machine(1e6))).toMatchObject({ code: 'model-does-not-fit', values: { free: '900 KB' } });
  });

  test('is not refused where it fits, or where nobody knows what is free', () => {
    expect(problemOf(machine(100e9))).toBeUndefined();
    const { freeMemory: _, ...blind } = machine(0);
    expect(problemOf(blind)).toBeUndefined();
  });
});
