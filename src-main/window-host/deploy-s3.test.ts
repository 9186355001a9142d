import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { writeTestBundle } from '../exports/targets/test-bundle';
import { openProxy, portOf, type TestProxy } from '../exports/targets/test-proxy';
import { openDeployHost, problemOf } from './test-deploy-host';

let bundle: string;
let root: string;
let store: S3rver;
let proxy: TestProxy;
const host = openDeployHost();

beforeAll(async () => {
  await build(['out/server.mjs']);
  bundle = await writeTestBundle();
  root = mkdtempSync(join(tmpdir(), 's3-'));
  mkdirSync(join(root, 'store'));
  const configureBuckets = [{ name: 'models', configs: [] }];
  store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: join(root, 'store'), configureBuckets });
  await store.run();
  proxy = await openProxy(portOf(store.httpServer));
  await host.vault.set('OWN_KEY', 'S3RVER');
  await host.vault.set('OWN_SECRET', 'S3RVER');
});
afterAll(async () => {
  await host.close();
  await proxy.close();
  await store.close();
  for (const folder of [root, dirname(bundle)]) rmSync(folder, { recursive: true });
});

const ask = (bucket: string) => {
  const names = { accessKeyId: 'OWN_KEY', secretAccessKey: 'OWN_SECRET', sessionToken: 'OWN_SESSION' };
  return { target: 's3', config: { bucket, endpoint: proxy.url, forcePathStyle: true, ...names }, bundle };
};
const puts = () => proxy.seen.filter(({ method }) => method === 'PUT').map(({ path }) => path.split('?')[0]);

test('a secret goes nowhere before a person has agreed to its host', async () => {
  const refused = await Promise.all([
    problemOf(host.ask('deploy:test', ask('models'))),
    problemOf(host.ask('deploy:start', ask('models'))),
    problemOf(host.ask('deploy:try', { ...ask('models'), row: {} })),
  ]);
  const { host: to } = new URL(proxy.url);
  for (const { code, values } of refused) {
    expect(code).toBe('secret-use-new');
    expect(values).toMatchObject({ secrets: 'OWN_KEY, OWN_SECRET', target: 's3', host: to });
  }
  expect(proxy.seen).toEqual([]);
  await host.allowed.allow(['OWN_KEY', 'OWN_SECRET'].map((secret) => ({ secret, target: 's3', host: to })));
});

test('a store is asked for its bucket, and a missing one is named', async () => {
  expect(await host.ask('deploy:test', ask('models'))).toEqual({ problems: [] });
  const { problems } = await host.ask('deploy:test', ask('others'));
  expect(problems).toMatchObject([{ code: 'deploy-bucket-missing', param: 'bucket' }]);
});

test('a deployment that is cut short half-way sends only the rest the next time', async () => {
  const { plan } = await host.ask('deploy:plan', ask('models'));
  const steps = plan?.type === 'deploy-planned' ? plan.steps.length : 0;
  const first = await host.ask('deploy:start', ask('models'));
  proxy.mishap = () => {
    if (puts().length === 4) void host.ask('deploy:cancel', first);
    return undefined;
  };
  expect((await host.ended(first)).state).toBe('cancelled');
  const arrived = puts();
  expect(arrived).toHaveLength(4);
  proxy.seen.length = 0;
  proxy.mishap = () => undefined;
  expect((await host.ended(await host.ask('deploy:start', ask('models')))).state).toBe('done');
  expect(puts().filter((path) => arrived.slice(0, 3).includes(path))).toEqual([]);
  expect(new Set([...arrived, ...puts()]).size).toBe(steps);
  expect(await host.ask('deploy:list', {})).toMatchObject([{ target: 's3', state: 'deployed' }]);
});
