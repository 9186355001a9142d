import { describe, expect, test } from 'vitest';
import { lookupOp } from '../../ops/catalog';
import { compileTraining } from '../compile-training';
import { referenceCnn } from '../fixtures/networks';
import { type DataFeed, keepDataInside, loadEntry, rowsFeed } from './keep-data-inside';

const optimizer = { type: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false } as const;
const program = compileTraining({
  program: referenceCnn(),
  objectives: [{ output: 'y', loss: 'sparseCategoricalCrossentropy' }],
  optimizer,
});
const images: DataFeed = { name: 'input_0', dtype: 'float32', shape: [70, 28, 28, 1] };
const labels: DataFeed = { name: 'target/y', dtype: 'int32', shape: [70] };

describe('keepDataInside', () => {
  const inside = keepDataInside(program, [images, labels]);

  test('asks for row numbers where rows were fed, and takes the data once', () => {
    expect(Object.keys(inside?.entries.step?.feeds ?? {}).sort()).toEqual([rowsFeed, 'learningRate']);
    expect(Object.keys(inside?.entries.evaluate?.feeds ?? {})).toEqual([rowsFeed]);
    expect(inside?.entries[loadEntry]?.feeds).toEqual({
      'data/input_0': { dtype: 'float32', shape: [70, 28, 28, 1] },
      'data/target/y': { dtype: 'int32', shape: [70] },
    });
  });

  test('leaves data out of snapshots and of what a checkpoint restores', () => {
    for (const entry of ['snapshot', 'restore', 'init']) expect(inside?.entries[entry]).toEqual(program.entries[entry]);
    expect(inside?.state.filter(({ kind }) => kind === 'data')).toHaveLength(2);
  });

  test('uses ops of the catalogue alone, each after what it reads', () => {
    const seen = new Set<string>();
    for (const step of inside?.steps ?? []) {
      expect(lookupOp(step.op).name).toBe(step.op);
      for (const input of Object.values(step.inputs).flat()) expect(seen.has(input.step)).toBe(true);
      seen.add(step.id);
    }
  });

  test.each([
    ['a row of another shape', [{ ...images, shape: [70, 28, 28, 3] }]],
    ['another type', [{ ...images, dtype: 'uint8' as const }]],
    ['no data', []],
  ])('is not possible with %s', (_, data) => {
    expect(keepDataInside(program, data)).toBeUndefined();
  });
});
