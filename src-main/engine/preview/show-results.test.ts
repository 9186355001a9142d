import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realFs } from '../../files/fs-port';
import { showArtifact } from './show-artifact';
import { showPredictions } from './show-predictions';

const type = { dtype: 'float32', shape: ['batch', 2] } as const;

describe('predictions', () => {
  it('show classes by name with the probability of the predicted one, a page at a time', () => {
    const data = Float32Array.of(0.75, 0.25, 0.125, 0.875, 0.5, 0.5);
    const field = { name: 'probabilities', type, means: { kind: 'classes', classes: ['no', 'yes'] } } as const;
    const predictions = { rows: Int32Array.of(4, 7, 9), outputs: [{ field, data, truth: Float32Array.of(0, 0, 1) }] };
    expect(showPredictions(predictions, { offset: 1, limit: 5 })).toEqual({
      kind: 'predictions',
      outputs: [field],
      offset: 1,
      total: 3,
      rows: [
        { row: 7, values: [{ truth: 'no', predicted: 'yes', probability: 0.875 }] },
        { row: 9, values: [{ truth: 'yes', predicted: 'no', probability: 0.5 }] },
      ],
    });
  });

  it('show numbers as they are', () => {
    const number = { name: 'price', type, means: { kind: 'number' } } as const;
    const vector = { name: 'code', type, means: { kind: 'vector' } } as const;
    const outputs = [
      { field: number, data: Float32Array.of(1.5, -2) },
      { field: vector, data: Float32Array.of(1, 2, 3, 4) },
    ];
    const predictions = { rows: Int32Array.of(0, 1), outputs };
    expect(showPredictions(predictions, { offset: 0, limit: 10 }).rows).toEqual([
      { row: 0, values: [{ predicted: 1.5 }, { predicted: '[1, 2]' }] },
      { row: 1, values: [{ predicted: -2 }, { predicted: '[3, 4]' }] },
    ]);
  });
});

describe('an export', () => {
  it('lists what lies in its folder now', async () => {
    const path = mkdtempSync(join(tmpdir(), 'artifact-'));
    mkdirSync(join(path, 'saved_model'));
    writeFileSync(join(path, 'saved_model', 'graph.pb'), 'abc');
    writeFileSync(join(path, 'README.md'), 'hello');
    const shown = await showArtifact(realFs, { path, bundleHash: 'sha256:0', bytes: 8 });
    expect(shown).toEqual({
      kind: 'artifact',
      path,
      bytes: 8,
      files: [
        { name: 'README.md', bytes: 5 },
        { name: 'saved_model/graph.pb', bytes: 3 },
      ],
    });
    rmSync(path, { recursive: true });
    expect((await showArtifact(realFs, { path, bundleHash: 'sha256:0', bytes: 8 })).files).toEqual([]);
  });
});
