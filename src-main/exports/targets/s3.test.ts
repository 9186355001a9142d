import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { build } from '../../../scripts/build.mjs';
import { ProblemError } from '../../../src-shared/problem';
import { explainProblem } from '../../../src-shared/problems/sentences';
import { realFs } from '../../files/fs-port';
import { checkConfig } from './check-config';
import { type DeployOptions, deploy } from './deploy';
import { s3 } from './s3';
import { filesBelow, testOptions, writeTestBundle } from './test-bundle';
import { openProxy, portOf, type TestProxy } from './test-proxy';
import { openVerifiedBundle, shortHash, type VerifiedBundle } from './verified-bundle';

/** What s3rver accepts; the variables have names of their own so that nothing else may know them. */
const env = { CANARY_KEY: 'S3RVER', CANARY_SECRET: 'S3RVER', CANARY_SESSION: 'canary-session-3f9c1b' };
const bigFile = { 'extra/big.bin': Buffer.alloc(17 * 1024 * 1024, 'modelyard') };

let store: S3rver;
let root: string;
let folder: string;
let proxy: TestProxy;
let small: VerifiedBundle;
let big: VerifiedBundle;
let scratch: string;

beforeAll(async () => {
  await build(['out/server.mjs']);
  root = mkdtempSync(join(tmpdir(), 's3-'));
  store = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(root, 'store'),
    configureBuckets: [{ name: 'models', configs: [] }],
  });
  proxy = await openProxy(portOf(await startStore()));
  folder = await writeTestBundle();
  small = await openVerifiedBundle(realFs, folder);
  big = await openVerifiedBundle(realFs, await writeTestBundle(bigFile));
});
afterAll(async () => {
  await proxy.close();
  await store.close();
  for (const path of [root, join(small.folder, '..'), join(big.folder, '..')]) rmSync(path, { recursive: true });
});
beforeEach(() => {
  scratch = mkdtempSync(join(root, 'case-'));
  proxy.seen.length = 0;
  proxy.mishap = () => undefined;
});

async function startStore() {
  mkdirSync(join(root, 'store'), { recursive: true });
  await store.run();
  return store.httpServer;
}

function configFor(prefix: string) {
  const settings = { bucket: 'models', prefix, endpoint: proxy.url, forcePathStyle: true };
  const names = { accessKeyId: 'CANARY_KEY', secretAccessKey: 'CANARY_SECRET', sessionToken: 'CANARY_NONE' };
  const checked = checkConfig(s3, { ...settings, ...names });
  if (!checked.config) throw new Error(JSON.stringify(checked.problems));
  return checked.config;
}

async function send(bundle: VerifiedBundle, prefix: string, more: Partial<DeployOptions> = {}) {
  const { options, events, waits } = testOptions(join(scratch, 'state'), env, more);
  const outcome = await deploy({ target: s3, config: configFor(prefix), bundle }, options);
  return { outcome, events, waits };
}

const withBodies = () => proxy.seen.filter(({ bytes }) => bytes > 0);

/** Keys below a prefix with their content, as the store's own files say. */
function stored(prefix: string): Record<string, string> {
  const files = [...filesBelow(join(root, 'store/models'))];
  const objects = files.filter(([path]) => path.includes(`/${prefix}/`) && path.endsWith('_object'));
  return Object.fromEntries(
    objects.map(([path, bytes]) => [path.split(`/${prefix}/`)[1] ?? '', bytes.toString('base64')]),
  );
}

describe('a bundle sent to an S3 store', () => {
  test('lies under its hash, file by file, with a pointer that was written last; in parts where it is large', async () => {
    const { outcome } = await send(big, 'first');
    const objects = stored('first');
    const key = (path: string) => `penguins/${shortHash(big)}/${path}._S3rver_object`;
    for (const { path } of big.files) {
      expect(objects[key(path)], path).toBe(readFileSync(join(big.folder, path)).toString('base64'));
    }
    expect(Object.keys(objects)).toHaveLength(big.files.length + 1);
    expect(proxy.seen.filter(({ path }) => path.includes('partNumber'))).toHaveLength(3);
    const puts = proxy.seen.filter(({ method }) => method === 'PUT');
    expect(puts.at(-1)?.path).toContain('latest.json');
    const pointer = Buffer.from(objects['penguins/latest.json._S3rver_object'] ?? '', 'base64').toString('utf8');
    expect(JSON.parse(pointer)).toMatchObject({ bundle: big.hash, folder: `first/penguins/${shortHash(big)}/` });
    expect(outcome).toMatchObject({ location: `s3://models/first/penguins/${shortHash(big)}/` });
    expect(outcome.sent).toBeGreaterThan(17 * 1024 * 1024);
  });

  test('sends nothing the second time, even where the notes of the first are lost', async () => {
    await send(small, 'twice');
    proxy.seen.length = 0;
    const again = await send(small, 'twice');
    expect(again.outcome.sent).toBe(0);
    rmSync(join(scratch, 'state'), { recursive: true });
    expect((await send(small, 'twice')).outcome.sent).toBe(0);
    expect(withBodies()).toEqual([]);
    expect(new Set(proxy.seen.map(({ method }) => method))).toEqual(new Set(['HEAD']));
  });

  test('after another one moves only what differs, and the pointer', async () => {
    await send(small, 'both');
    await send(big, 'both');
    const pointer = () => stored('both')['penguins/latest.json._S3rver_object'];
    const bigOne = pointer();
    proxy.seen.length = 0;
    await send(small, 'both');
    expect(withBodies()).toHaveLength(1);
    expect(pointer()).not.toBe(bigOne);
  });
});

describe('sending to an S3 store', () => {
  test('is tried again when the store is busy, no sooner than it asks, and when the connection breaks', async () => {
    const busy = { status: 503, headers: { 'retry-after': '7' } };
    proxy.mishap = (index) => (index === 1 ? busy : index === 3 ? 'reset' : index === 5 ? { status: 429 } : undefined);
    const { outcome, waits } = await send(small, 'busy');
    expect(outcome.sent).toBeGreaterThan(0);
    expect(waits).toHaveLength(3);
    expect(waits[0]).toBeGreaterThan(6000);
    expect(waits[1]).toBeLessThan(1000);
  });

  test('is given up after five tries, in a sentence', async () => {
    proxy.mishap = (_index, { method }) => (method === 'PUT' ? 'reset' : undefined);
    const error = await send(small, 'down').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ problem: { code: 'deploy-unreachable' } });
    expect(proxy.seen.filter(({ method }) => method === 'PUT')).toHaveLength(5);
  });

  test('ends in the same state wherever it was interrupted', async () => {
    await send(small, 'whole');
    const puts = proxy.seen.flatMap(({ method }, index) => (method === 'PUT' ? [index] : []));
    const expected = stored('whole');
    for (const [step, at] of puts.entries()) {
      const stop = new AbortController();
      proxy.seen.length = 0;
      proxy.mishap = (index) => {
        if (index !== at) return undefined;
        stop.abort();
        return step % 2 === 0 ? 'reset' : 'lost';
      };
      await expect(send(small, `cut-${at}`, { signal: stop.signal })).rejects.toThrow(/abort/i);
      proxy.mishap = () => undefined;
      proxy.seen.length = 0;
      await send(small, `cut-${at}`);
      const left = puts.length - step - (step % 2 === 0 ? 0 : 1);
      expect(proxy.seen.filter(({ method }) => method === 'PUT')).toHaveLength(left);
      const files = stored(`cut-${at}`);
      expect(Object.keys(files)).toEqual(Object.keys(expected));
      const { 'penguins/latest.json._S3rver_object': _pointer, ...same } = files;
      expect(expected).toMatchObject(same);
    }
  });

  test('stops in the middle of a large file, leaves no object, and goes on', async () => {
    const stop = new AbortController();
    proxy.mishap = (_index, { path }) => {
      if (!path.includes('partNumber=2')) return undefined;
      stop.abort();
      return 'reset';
    };
    await expect(send(big, 'parts', { signal: stop.signal })).rejects.toThrow(/abort/i);
    expect(Object.keys(stored('parts')).filter((key) => key.includes('big.bin'))).toEqual([]);
    proxy.mishap = () => undefined;
    await send(big, 'parts');
    expect(Object.keys(stored('parts'))).toHaveLength(big.files.length + 1);
  });
});

describe('an S3 store', () => {
  test('that does not accept the key is named, and the key is not', async () => {
    const secret = 'canary/secret+key=91ab';
    const wrong = { ...env, CANARY_SECRET: secret, CANARY_KEY: 'canary-key-id-77' };
    const events: unknown[] = [];
    const more = { env: (name: string) => wrong[name as keyof typeof wrong], onEvent: (e: unknown) => events.push(e) };
    const error = await send(small, 'wrong', more).catch((reason: unknown) => reason);
    if (!(error instanceof ProblemError)) throw error;
    expect(error.problem.code).toBe('deploy-unauthorized');
    const told = [explainProblem(error.problem, 'en').text, error.message, error.stack, JSON.stringify(events)].join();
    const files = readdirSync(scratch).length === 0 ? '' : [...filesBelow(scratch).values()].join();
    for (const canary of [secret, 'canary-key-id-77', encodeURIComponent(secret)]) {
      expect(told + files).not.toContain(canary);
    }
  });

  test.each([
    [{ bucket: '' }, 'deploy-setting-missing'],
    [{ bucket: 'Not A Bucket' }, 'deploy-setting-invalid'],
    [{ endpoint: 'ftp://x' }, 'deploy-url-invalid'],
    [{ accessKeyId: 'CANARY_UNSET' }, 'deploy-secret-missing'],
  ])('with the settings %s is refused: %s', async (change, code) => {
    const checked = checkConfig(s3, { ...configFor('x'), ...change });
    const problems = checked.config ? s3.validate({ config: checked.config, env: () => undefined }) : checked.problems;
    expect(problems.map((problem) => problem.code)).toContain(code);
  });

  test('whose secret was given in the place of its variable is refused without repeating it', () => {
    const { problems } = checkConfig(s3, { bucket: 'models', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG' });
    expect(problems).toMatchObject([{ code: 'deploy-secret-name', values: { setting: 'secretAccessKey' } }]);
    expect(JSON.stringify(problems)).not.toContain('wJalr');
  });
});
