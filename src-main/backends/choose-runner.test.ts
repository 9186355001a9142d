import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { chooseRunner } from './choose-runner';
import { loadTensorflow } from './tensorflow/library';
import { locateLibraries } from './tensorflow/locate-library';
import { tensorflowObstacle } from './test-programs/tensorflow-obstacle';

const folder = mkdtempSync(join(tmpdir(), 'modelyard-library-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nowhere = { ...process.env, MODELYARD_LIBTENSORFLOW: join(folder, 'nowhere') };

describe('the choice of a runner', () => {
  test.skipIf(tensorflowObstacle())('falls on libtensorflow where it is there', async () => {
    const { runner, passedOver } = await chooseRunner();
    expect(runner.runner).toMatchObject({ name: 'libtensorflow' });
    expect(runner.runner.description).toMatch(/^libtensorflow \d+\.\d+\.\d+ \(koffi\), cpu, \d+ threads?$/);
    expect(passedOver).toEqual([]);
  });

  test('falls on another one where it is not, and says why', async () => {
    const { runner, passedOver } = await chooseRunner({}, nowhere);
    expect(['tfjs-node', 'tfjs']).toContain(runner.runner.name);
    expect(passedOver[0]).toMatchObject({
      name: 'libtensorflow',
      problem: { code: 'library-missing', values: { folder: nowhere.MODELYARD_LIBTENSORFLOW } },
    });
  });

  test('can be forced', async () => {
    const { runner } = await chooseRunner({}, { ...process.env, MODELYARD_RUNNER: 'tfjs' });
    expect(runner.runner.name).toBe('tfjs');
    const impossible = chooseRunner({}, { ...nowhere, MODELYARD_RUNNER: 'libtensorflow' });
    await expect(impossible).rejects.toMatchObject({ problem: { code: 'library-missing' } });
    const unknown = chooseRunner({}, { ...process.env, MODELYARD_RUNNER: 'torch' });
    await expect(unknown).rejects.toMatchObject({ problem: { code: 'runner-unknown', values: { name: 'torch' } } });
  });
});

describe('libtensorflow', () => {
  test.skipIf(process.platform !== 'linux')('that cannot be loaded is a problem with its reason', () => {
    for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
      writeFileSync(join(folder, name), 'half a download');
    }
    const env = { ...process.env, MODELYARD_LIBTENSORFLOW: folder };
    expect(locateLibraries(env)).toMatchObject([{ folder, from: 'MODELYARD_LIBTENSORFLOW' }]);
    expect(() => loadTensorflow(env)).toThrow(/library-unusable.*libtensorflow_cc/);
  });
});
