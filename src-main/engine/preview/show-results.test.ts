import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realFs } from '../../files/fs-port';
import { showArtifact } from './show-artifact';
import { showPredictions } from './show-predictions';

describe('predictions', () => {
  it('show classes by name with the probability of the predicted one, a page at a time', () => {
    const outputs = Float32Array.of(0.75, 0.25, 0.125, 0.875, 0.5, 0.5);
    const predictions = {
      task: 'classification',
      classes: ['no', 'yes'],
      rows: Int32Array.of(4, 7, 9),
      outputs,
    } as const;
    expect(showPredictions({ ...predictions, truth: Float32Array.of(0, 0, 1) }, { offset: 1, limit: 5 })).toEqual({
      kind: 'predictions',
      task: 'classification',
      offset: 1,
      total: 3,
      rows: [
        { row: 7, truth: 'no', predicted: 'yes', probability: 0.875 },
        { row: 9, truth: 'yes', predicted: 'no', probability: 0.5 },
      ],
    });
  });

  it('show numbers as they are', () => {
    const predictions = { task: 'regression', rows: Int32Array.of(0, 1), outputs: Float32Array.of(1.5, -2) } as const;
    expect(showPredictions(predictions, { offset: 0, limit: 10 }).rows).toEqual([
      { row: 0, predicted: 1.5 },
      { row: 1, predicted: -2 },
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
