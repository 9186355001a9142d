import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Hash } from '../../../src-shared/hash';
import { realFs } from '../../files/fs-port';
import { type Deployment, DeployState, deploymentId } from './deploy-state';
import { listDeployments } from './list-deployments';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deploys-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const bundle: Hash = 'sha256:1234';
const deployment: Deployment = {
  target: 'lepton',
  bundle,
  config: { endpoint: 'a' },
  name: 'model',
  folder: '/bundle',
};
const open = (more: Partial<Deployment> = {}) => DeployState.open(realFs, folder, { ...deployment, ...more });

test('what was done is remembered, and the deployment is listed with where it stands', async () => {
  const state = await open();
  await state.settle('unfinished');
  state.setFact('endpoint', 'https://live');
  await state.markDone('upload');
  await state.settle('deployed', { location: 'https://cloud/a', endpoint: 'https://live' });
  const again = await open({ folder: '/elsewhere' });
  expect([again.isDone('upload'), again.isDone('smoke'), again.fact('endpoint')]).toEqual([
    true,
    false,
    'https://live',
  ]);
  const [listed] = await listDeployments(realFs, folder);
  expect(listed?.hash).toBe(bundle);
  expect(listed?.summary).toMatchObject({
    ...{ target: 'lepton', bundle: '/bundle', name: 'model', config: { endpoint: 'a' } },
    ...{ state: 'deployed', location: 'https://cloud/a', endpoint: 'https://live' },
  });
  await again.settle('stopped');
  expect((await listDeployments(realFs, folder))[0]?.summary).toMatchObject({
    state: 'stopped',
    location: 'https://cloud/a',
  });
  await again.clear();
  expect(await listDeployments(realFs, folder)).toEqual([]);
});

test('a file of the first version goes on, and is listed once it is written anew', async () => {
  const { target, config } = deployment;
  const path = join(folder, `${deploymentId({ target, bundle, config })}.json`);
  const first = { format: 'modelyard-deploy', version: 1, target, bundle, done: ['upload'], facts: { endpoint: 'x' } };
  writeFileSync(path, JSON.stringify(first));
  expect(await listDeployments(realFs, folder)).toEqual([]);
  const state = await open();
  expect([state.isDone('upload'), state.fact('endpoint')]).toEqual([true, 'x']);
  await state.markDone('smoke');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ version: 2, done: ['upload', 'smoke'] });
  expect(await listDeployments(realFs, folder)).toHaveLength(1);
});

test('damaged files are no deployments, and a newer bundle at the same place takes the older one’s', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-25T09:00:00Z') });
  const old = await open();
  await old.settle('deployed', { location: 'https://cloud/a' });
  vi.setSystemTime(new Date('2026-11-25T10:00:00Z'));
  const now = await open({ bundle: 'sha256:5678', folder: '/newer' });
  await now.settle('deployed', { location: 'https://cloud/a' });
  writeFileSync(join(folder, 'half.json'), '{"format":"modelyard-dep');
  expect(readdirSync(folder)).toHaveLength(3);
  expect((await listDeployments(realFs, folder)).map(({ summary }) => summary.bundle)).toEqual(['/newer']);
});
