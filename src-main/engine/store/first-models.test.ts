import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Hash } from '../../../src-shared/hash';
import { classesOf } from '../../../src-shared/types/signature';
import { realFs } from '../../files/fs-port';
import { openStore, type Store } from './store';

/** What version 0.1 kept of a small network for the species of penguins, and of its predictions. */
const kept = join(import.meta.dirname, 'fixtures/values-of-0.1');
const species = ['Adelie', 'Chinstrap', 'Gentoo'];

let root = '';
let store: Store;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'store-'));
  await cp(kept, join(root, 'values'), { recursive: true });
  store = await openStore(realFs, root);
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function valuesOfBefore() {
  const names = await readdir(kept);
  // Folders are named by hashes with a dash for the colon.
  const hashes = names.map((name) => name.replace('sha256-', 'sha256:') as Hash);
  return Promise.all(hashes.map((hash) => store.values.read(hash, () => undefined)));
}

it('a model of before is read with the signature that its one task makes', async () => {
  const found = (await valuesOfBefore()).find((value) => value?.type === 'model');
  const model = found?.type === 'model' ? found.value : undefined;
  expect(model?.signature.outputs).toEqual([
    {
      name: 'probabilities',
      type: { dtype: 'float32', shape: ['batch', 3] },
      means: { kind: 'classes', classes: species },
      target: 'species',
    },
  ]);
  expect(model?.signature.inputs.map(({ name }) => name)).toEqual(Object.keys(model?.artefact.program.inputs ?? {}));
  expect(model).not.toHaveProperty('task');
});

it('predictions of before are those of one output', async () => {
  const found = (await valuesOfBefore()).find((value) => value?.type === 'predictions');
  const predictions = found?.type === 'predictions' ? found.value : undefined;
  expect(predictions?.rows).toHaveLength(344);
  expect(predictions?.outputs.map(({ field }) => classesOf(field))).toEqual([species]);
  const sums = Array.from({ length: 344 }, (_, row) => {
    const shares = predictions?.outputs[0]?.data.subarray(row * 3, row * 3 + 3) ?? [];
    return Array.from(shares).reduce((a, b) => a + b, 0);
  });
  for (const sum of sums) expect(sum).toBeCloseTo(1, 5);
});
