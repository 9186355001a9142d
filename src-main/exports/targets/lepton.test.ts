import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { build } from '../../../scripts/build.mjs';
import { ProblemError } from '../../../src-shared/problem';
import { explainProblem } from '../../../src-shared/problems/sentences';
import { realFs } from '../../files/fs-port';
import { checkConfig } from './check-config';
import { act, type DeployOptions, deploy } from './deploy';
import { lepton } from './lepton';
import { filesBelow, testOptions, writeTestBundle } from './test-bundle';
import { TestLepton } from './test-lepton';
import { openProxy, type TestProxy } from './test-proxy';
import { openVerifiedBundle, shortHash, type VerifiedBundle } from './verified-bundle';

const canaries = { token: 'canary-workspace-8d1f/+=77', own: 'canary-endpoint-token-5e0a' };

let bundle: VerifiedBundle;
let cloud: TestLepton;
let proxy: TestProxy;
let scratch: string;

beforeAll(async () => {
  await build(['out/server.mjs']);
  bundle = await openVerifiedBundle(realFs, await writeTestBundle());
});
afterAll(() => rmSync(join(bundle.folder, '..'), { recursive: true }));
beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'deploy-'));
  await openCloud();
});
afterEach(async () => {
  await closeCloud();
  rmSync(scratch, { recursive: true });
});

async function openCloud() {
  cloud = new TestLepton(canaries.token);
  await cloud.listen();
  proxy = await openProxy(cloud.port);
}
async function closeCloud() {
  await proxy.close();
  await cloud.close();
}

const environment = (more: Record<string, string> = {}): Record<string, string> => ({
  LEPTON_WORKSPACE_ID: 'test',
  LEPTON_WORKSPACE_TOKEN: canaries.token,
  LEPTON_WORKSPACE_URL: `${proxy.url}/api/v2/workspaces/test`,
  ...more,
});

function config(settings: Record<string, unknown> = {}) {
  const checked = checkConfig(lepton, settings);
  if (!checked.config) throw new Error(JSON.stringify(checked.problems));
  return checked.config;
}

interface Sending extends Partial<DeployOptions> {
  readonly secrets?: Record<string, string>;
  readonly settings?: Record<string, unknown>;
}

async function send({ secrets, settings, ...more }: Sending = {}) {
  const { options, events, waits } = testOptions(join(scratch, 'state'), environment(secrets), more);
  const outcome = await deploy({ target: lepton, config: config(settings), bundle }, options);
  return { outcome, events, waits };
}

async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error.problem;
  throw error ?? new Error('It succeeded.');
}

/** All that the workspace holds, to compare two ways that led there. */
function held() {
  const files = [...filesBelow(cloud.root)].map(([path, bytes]) => [
    path.slice(cloud.root.length),
    bytes.toString('base64'),
  ]);
  const endpoints = [...cloud.endpoints].map(([name, { spec }]) => ({ name, spec: { ...spec, api_tokens: [] } }));
  const secret = cloud.secrets.get('modelyard-penguins-token');
  const isSame = cloud.endpoints.get('penguins')?.spec.api_tokens?.[0]?.value === secret;
  return { files: files.sort(), endpoints, secrets: [...cloud.secrets.keys()], isSame };
}

describe('a bundle sent to Lepton', () => {
  test('is served by an endpoint that asks for a token and predicts what the app does', async () => {
    const { outcome, events, waits } = await send();
    expect(outcome.endpoint).toBe(`http://127.0.0.1:${cloud.port}/live/penguins`);
    const spec = cloud.endpoints.get('penguins')?.spec;
    expect(spec?.envs).toContainEqual({ name: 'MODELYARD_BUNDLE', value: bundle.hash });
    expect(spec?.mounts?.[0]?.path).toBe(`/modelyard/penguins/${shortHash(bundle)}`);
    expect(spec?.api_tokens).toHaveLength(1);
    expect(held().isSame).toBe(true);
    expect(held().files).toHaveLength(bundle.files.length);
    const url = `${outcome.endpoint}/v1/models/penguins:predict`;
    const body = JSON.stringify({ instances: bundle.samples.rows });
    expect((await fetch(url, { method: 'POST', body })).status).toBe(401);
    expect(cloud.requests.at(-2)?.path).toBe('/live/penguins/v1/models/penguins:predict');
    expect(events.filter(({ type }) => type === 'deploy-progress').length).toBeGreaterThan(0);
    expect(waits).toEqual([1000, 2000]);
    expect(outcome.example).toContain('$MODELYARD_ENDPOINT_TOKEN');
  });

  test('tells the plan with every byte and host before anything is sent', async () => {
    let requestsAtPlan = -1;
    const { options, events } = testOptions(join(scratch, 'state'), environment());
    const onEvent: DeployOptions['onEvent'] = (event) => {
      if (event.type === 'deploy-planned') requestsAtPlan = cloud.requests.length;
      events.push(event);
    };
    await deploy({ target: lepton, config: config(), bundle }, { ...options, onEvent });
    expect(requestsAtPlan).toBe(0);
    const [planned] = events;
    if (planned?.type !== 'deploy-planned') throw new Error('The plan comes first.');
    const bytes = planned.steps.flatMap(({ id, transfer }) => (id.startsWith('file') ? [transfer?.bytes ?? 0] : []));
    expect(bytes.reduce((sum, n) => sum + n, 0)).toBe(bundle.bytes);
    for (const { does } of planned.steps) expect(does.zh).toMatch(/\p{Script=Han}/u);
  });

  test('sends nothing the second time', async () => {
    await send();
    cloud.requests.length = 0;
    const { outcome } = await send();
    expect(outcome.sent).toBe(0);
    expect(cloud.bodies).toEqual([]);
    expect(cloud.requests.every(({ method }) => method === 'GET' || method === 'HEAD')).toBe(true);
  });

  test('where the notes are lost sends no file again', async () => {
    await send();
    const before = held();
    cloud.requests.length = 0;
    rmSync(join(scratch, 'state'), { recursive: true });
    await send();
    expect(cloud.bodies.map(({ path }) => path)).toEqual([
      '/api/v2/workspaces/test/usersecrets',
      '/live/penguins/v1/models/penguins:predict',
    ]);
    expect(held()).toEqual(before);
  });
});

describe('an endpoint on Lepton', () => {
  test('with a token of the person’s own takes that one, and another one later', async () => {
    await send({ secrets: { MODELYARD_ENDPOINT_TOKEN: canaries.own } });
    expect(cloud.endpoints.get('penguins')?.spec.api_tokens).toEqual([{ value: canaries.own }]);
    await send({ secrets: { MODELYARD_ENDPOINT_TOKEN: `${canaries.own}-2` } });
    expect(cloud.endpoints.get('penguins')?.spec.api_tokens).toEqual([{ value: `${canaries.own}-2` }]);
    expect(held().isSame).toBe(true);
  });

  test('can be stopped, started again and deleted', async () => {
    const { options } = testOptions(join(scratch, 'state'), environment());
    const request = { target: lepton, config: config(), bundle };
    await deploy(request, options);
    await act({ ...request, action: 'stop' }, options);
    expect(cloud.requests.at(-1)?.json).toEqual({ spec: { resource_requirement: { min_replicas: 0 } } });
    cloud.requests.length = 0;
    await deploy(request, options);
    expect(cloud.bodies.map(({ method }) => method)).toEqual(['PATCH', 'POST']);
    await act({ ...request, action: 'delete' }, options);
    expect(held()).toEqual({ files: [], endpoints: [], secrets: [], isSame: true });
  });
});

describe('sending to Lepton', () => {
  test('ends in the same state wherever it was interrupted', async () => {
    await send();
    // Questions about files that are not there yet are all alike.
    const moments = proxy.seen.flatMap(({ method }, index) => (method === 'HEAD' && index > 6 ? [] : [index]));
    const expected = held();
    for (const [turn, at] of moments.entries()) {
      await closeCloud();
      await openCloud();
      rmSync(join(scratch, 'state'), { recursive: true, force: true });
      const stop = new AbortController();
      proxy.mishap = (index) => {
        if (index !== at) return undefined;
        stop.abort();
        return turn % 2 === 0 ? 'reset' : 'lost';
      };
      await expect(send({ signal: stop.signal })).rejects.toThrow(/abort/i);
      proxy.mishap = () => undefined;
      await send();
      expect(portless(held()), `interrupted at request ${at}`).toEqual(portless(expected));
    }
  });

  test('goes on through busy servers, broken connections and lost answers', async () => {
    const trouble = [{ status: 429, headers: { 'retry-after': '3' } }, 'reset', 'lost', { status: 500 }] as const;
    proxy.mishap = (index) => (index % 3 === 1 ? trouble[((index - 1) / 3) % trouble.length] : undefined);
    const { outcome, waits } = await send();
    expect(outcome.sent).toBeGreaterThan(bundle.bytes);
    expect(waits.length).toBeGreaterThan(10);
    expect(waits.filter((wait) => wait === 3000).length).toBeGreaterThan(1);
  });

  test('replaces a half file that an interruption left', async () => {
    await send();
    const [path] = filesBelow(cloud.root).keys();
    writeFileSync(path ?? '', 'half');
    rmSync(join(scratch, 'state'), { recursive: true });
    await send();
    expect([...filesBelow(cloud.root).values()].some((bytes) => bytes.toString() === 'half')).toBe(false);
  });

  test('never touches an endpoint of the same name that is not ours', async () => {
    await send();
    const endpoint = cloud.endpoints.get('penguins');
    if (!endpoint) throw new Error('It was made.');
    endpoint.spec = { ...endpoint.spec, envs: [] };
    cloud.requests.length = 0;
    expect(await problemOf(send())).toMatchObject({ code: 'deploy-endpoint-taken', param: 'endpoint' });
    expect(cloud.bodies).toEqual([]);
    const { options } = testOptions(join(scratch, 'state'), environment());
    const removal = act({ target: lepton, config: config(), bundle, action: 'delete' }, options);
    expect(await problemOf(removal)).toMatchObject({ code: 'deploy-endpoint-taken' });
    expect(cloud.endpoints.size).toBe(1);
  });

  test('says why an endpoint does not come up', async () => {
    cloud.stuckIn = 'Starting';
    cloud.readiness = { reason: 'NoCapacity', message: 'no node has room' };
    const slow = await problemOf(send({ settings: { readyMinutes: 1 } }));
    expect(slow).toMatchObject({ code: 'deploy-not-ready', values: { reasons: 'NoCapacity: no node has room' } });
    cloud.readiness = { reason: 'ConfigError', message: 'no such image' };
    expect(await problemOf(send())).toMatchObject({ code: 'deploy-endpoint-failed' });
  });

  test('fails where the endpoint predicts something else', async () => {
    const outputs = bundle.samples.outputs.map((row) => row.map((value) => value + 0.01));
    const { options } = testOptions(join(scratch, 'state'), environment());
    const other = { ...bundle, samples: { ...bundle.samples, outputs } };
    const problem = await problemOf(deploy({ target: lepton, config: config(), bundle: other }, options));
    expect(problem).toMatchObject({ code: 'deploy-smoke-differs', values: { row: 0 } });
  });
});

/** Two clouds have two ports; nothing else may differ. */
function portless(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data).replace(/127\.0\.0\.1:\d+/g, 'HOST'));
}

describe('secrets', () => {
  test('stand in no file and no text, whatever a server repeats', async () => {
    const secrets = { MODELYARD_ENDPOINT_TOKEN: canaries.own };
    const told: unknown[] = [];
    const onEvent = (event: unknown) => told.push(event);
    await send({ secrets, onEvent });
    const wrong = { ...secrets, LEPTON_WORKSPACE_TOKEN: `${canaries.token}-expired` };
    const refused = await problemOf(send({ secrets: wrong, onEvent }));
    expect(refused.code).toBe('deploy-unauthorized');
    expect(JSON.stringify(refused)).toContain('[LEPTON_WORKSPACE_TOKEN]');
    told.push(refused, explainProblem(refused, 'zh'));
    const files = [...filesBelow(scratch).values(), ...filesBelow(bundle.folder).values()];
    expect(files.length).toBeGreaterThan(bundle.files.length);
    const all = [JSON.stringify(told), ...files.map((bytes) => bytes.toString('latin1'))].join('\n');
    for (const canary of Object.values(canaries)) {
      const forms = [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64')];
      for (const form of forms) expect(all).not.toContain(form);
    }
    const derived = cloud.secrets.get('modelyard-penguins-token') ?? '';
    expect(all).not.toContain(derived);
  });

  test('that are missing are named before anything is asked', async () => {
    const { options } = testOptions(join(scratch, 'state'), {});
    const problem = await problemOf(deploy({ target: lepton, config: config(), bundle }, options));
    expect(problem).toMatchObject({ code: 'deploy-secret-missing', values: { variable: 'LEPTON_WORKSPACE_ID' } });
    expect(cloud.requests).toEqual([]);
  });

  test('go nowhere without encryption', () => {
    const settings = { config: config({ url: 'http://example.com/api' }), env: () => 'x' };
    expect(lepton.validate(settings)).toMatchObject([{ code: 'deploy-url-invalid' }]);
  });
});
