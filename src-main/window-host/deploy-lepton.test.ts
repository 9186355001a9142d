import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { filesBelow, writeTestBundle } from '../exports/targets/test-bundle';
import { TestLepton } from '../exports/targets/test-lepton';
import { openProxy, type TestProxy } from '../exports/targets/test-proxy';
import { expectTriesToAgree, openDeployHost, problemOf } from './test-deploy-host';

const canary = 'canary-workspace-71c0/+=9d';
let bundle: string;
let host: ReturnType<typeof openDeployHost>;
let cloud: TestLepton;
let proxy: TestProxy;

beforeAll(async () => {
  await build(['out/server.mjs']);
  bundle = await writeTestBundle();
});
afterAll(() => rmSync(dirname(bundle), { recursive: true }));
const ask = () => ({
  target: 'lepton',
  config: { url: `${proxy.url}/api/v2/workspaces/test`, workspaceToken: 'CANARY_TOKEN' },
  bundle,
});

beforeEach(async () => {
  host = openDeployHost();
  cloud = new TestLepton(canary);
  await cloud.listen();
  proxy = await openProxy(cloud.port);
  await host.vault.set('CANARY_TOKEN', canary);
  await host.allowed.allow([{ secret: 'CANARY_TOKEN', target: 'lepton', host: new URL(proxy.url).host }]);
});
afterEach(async () => {
  await host.close();
  await proxy.close();
  await cloud.close();
});

const uploads = () => proxy.seen.filter(({ method, path }) => method === 'POST' && path.includes('/storage/'));

/** Starts a deployment and cancels it while the n-th file is on its way. */
async function cutShort(nth: number) {
  const ticket = await host.ask('deploy:start', ask());
  proxy.mishap = () => {
    if (uploads().length === nth) void host.ask('deploy:cancel', ticket);
    return undefined;
  };
  expect((await host.ended(ticket)).state).toBe('cancelled');
  proxy.mishap = () => undefined;
}

test('a workspace is asked, and a plan is told, without sending anything', async () => {
  expect(await host.ask('deploy:test', ask())).toEqual({ problems: [] });
  const { plan } = await host.ask('deploy:plan', ask());
  expect(plan?.type === 'deploy-planned' && plan.steps.some(({ transfer }) => transfer?.leaves)).toBe(true);
  expect(proxy.seen.every(({ bytes }) => bytes === 0)).toBe(true);
});

test('a deployment that was cut short goes on, is tried, stopped and deleted; its token is told to nobody', async () => {
  await cutShort(3);
  const before = uploads().map(({ path }) => path);
  expect(await host.ask('deploy:list', {})).toMatchObject([{ state: 'unfinished', bundle }]);
  const second = await host.ask('deploy:start', ask());
  expect((await problemOf(host.ask('deploy:start', ask()))).code).toBe('deploy-under-way');
  expect((await host.ended(second)).state).toBe('done');
  const after = uploads().map(({ path }) => path);
  expect(after.filter((path) => path === before[0])).toHaveLength(1);
  expect(await host.ask('deploy:list', {})).toMatchObject([{ state: 'deployed', endpoint: expect.any(String) }]);
  await expectTriesToAgree(host, ask());
  expect(new Set(host.lamp.flat().map(({ to }) => to))).toContain(new URL(proxy.url).host);
  expect(host.talks.current).toEqual([]);
  expectNoCanary();
  await stopAndDelete();
  expectNoCanary();
});

async function stopAndDelete() {
  expect((await host.ended(await host.ask('deploy:act', { ...ask(), action: 'stop' }))).state).toBe('done');
  expect(await host.ask('deploy:list', {})).toMatchObject([{ state: 'stopped' }]);
  expect((await host.ended(await host.ask('deploy:act', { ...ask(), action: 'delete' }))).state).toBe('done');
  expect(await host.ask('deploy:list', {})).toEqual([]);
  expect((await problemOf(host.ask('deploy:act', { ...ask(), action: 'delete' }))).code).toBe('deploy-unknown');
}

/** In no answer, event, lamp or file. */
function expectNoCanary() {
  const files = [...filesBelow(host.store).values()].join();
  const told = JSON.stringify([host.told, host.lamp]) + files;
  for (const writing of [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64')]) {
    expect(told).not.toContain(writing);
  }
}

test('a token is not shown although a server repeats it in its complaint', async () => {
  await host.vault.set('CANARY_TOKEN', 'canary-wrong-token-55');
  const { problems } = await host.ask('deploy:test', ask());
  expect(problems.map(({ code }) => code)).toEqual(['deploy-unauthorized']);
  const ended = await host.ended(await host.ask('deploy:start', ask()));
  expect(ended).toMatchObject({ state: 'failed', problem: { code: 'deploy-unauthorized' } });
  expect(JSON.stringify(host.told)).not.toContain('canary-wrong-token-55');
});

test('without its token there is a plan, and nothing is sent', async () => {
  await host.vault.remove('CANARY_TOKEN');
  const { plan, problems } = await host.ask('deploy:plan', ask());
  expect(plan).toBeDefined();
  expect(problems).toMatchObject([{ code: 'deploy-secret-missing', values: { variable: 'CANARY_TOKEN' } }]);
  expect((await host.ask('deploy:test', ask())).problems).toEqual(problems);
  const ended = await host.ended(await host.ask('deploy:start', ask()));
  expect(ended.problem?.code).toBe('deploy-secret-missing');
  expect(proxy.seen).toEqual([]);
});

test('a deployment stops when its window goes', async () => {
  const gone = new Promise<void>((resolve) => {
    proxy.mishap = (_index, { method }) => {
      if (method === 'POST') void host.group.clientGone?.(host.client).then(resolve);
      return undefined;
    };
  });
  const ticket = await host.ask('deploy:start', ask());
  await gone;
  expect((await host.ended(ticket)).state).toBe('cancelled');
});
