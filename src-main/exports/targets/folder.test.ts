import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { build } from '../../../scripts/build.mjs';
import { ProblemError } from '../../../src-shared/problem';
import { realFs } from '../../files/fs-port';
import { checkConfig, parseConfig } from './check-config';
import { deploy } from './deploy';
import { folder } from './folder';
import { filesBelow, testOptions, writeTestBundle } from './test-bundle';
import { openVerifiedBundle } from './verified-bundle';

let source: string;
let scratch: string;

beforeAll(async () => {
  await build(['out/server.mjs']);
  source = await writeTestBundle();
});
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'folder-'));
});
afterAll(() => rmSync(join(source, '..'), { recursive: true, force: true }));

function config(settings: Record<string, unknown>) {
  const checked = checkConfig(folder, settings);
  if (!checked.config) throw new Error(JSON.stringify(checked.problems));
  return checked.config;
}

async function send(settings: Record<string, unknown>, signal?: AbortSignal) {
  const { options, events } = testOptions(join(scratch, 'state'), {}, signal ? { signal } : {});
  const bundle = await openVerifiedBundle(realFs, source);
  const outcome = await deploy({ target: folder, config: config(settings), bundle }, options);
  return { outcome, events };
}

async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error.problem;
  throw error;
}

const contents = (path: string) =>
  [...filesBelow(path)].map(([file, bytes]) => [file.slice(path.length), bytes.toString('base64')]).sort();

describe('a bundle sent to a folder', () => {
  test('is copied whole; a second time nothing is, and it says so', async () => {
    const first = await send({ to: join(scratch, 'out') });
    expect(first.outcome.sent).toBeGreaterThan(1000);
    expect(contents(join(scratch, 'out/penguins'))).toEqual(contents(source));
    expect(readdirSync(join(scratch, 'out'))).toEqual(['penguins']);
    const second = await send({ to: join(scratch, 'out') });
    expect(second.outcome.sent).toBe(0);
    expect(second.events).toContainEqual(expect.objectContaining({ type: 'deploy-step', state: 'there' }));
    expect(second.events.map(({ type }) => type)).not.toContain('deploy-progress');
  });

  test('replaces a copy that was changed', async () => {
    await send({ to: scratch });
    writeFileSync(join(scratch, 'penguins/README.md'), 'something else');
    expect((await send({ to: scratch })).outcome.sent).toBeGreaterThan(0);
    expect(contents(join(scratch, 'penguins'))).toEqual(contents(source));
  });

  test('never overwrites what is no bundle', async () => {
    mkdirSync(join(scratch, 'penguins'));
    writeFileSync(join(scratch, 'penguins/photo.jpg'), 'miaow');
    expect(await problemOf(send({ to: scratch }))).toMatchObject({ code: 'export-folder-taken' });
    expect(readdirSync(join(scratch, 'penguins'))).toEqual(['photo.jpg']);
  });

  test('that is stopped leaves nothing half', async () => {
    const stop = new AbortController();
    const { options } = testOptions(join(scratch, 'state'), {}, { signal: stop.signal });
    const bundle = await openVerifiedBundle(realFs, source);
    const stopping = {
      ...options,
      onEvent: ({ type }: { type: string }) => type === 'deploy-progress' && stop.abort(),
    };
    const sending = deploy({ target: folder, config: config({ to: join(scratch, 'out') }), bundle }, stopping);
    await expect(sending).rejects.toThrow('abort');
    expect(readdirSync(join(scratch, 'out'))).toEqual([]);
  });
});

describe('a bundle sent to a zip', () => {
  test('has the same bytes every time, in any time zone, and holds the bundle', async () => {
    await send({ to: join(scratch, 'a'), format: 'zip' });
    vi.stubEnv('TZ', 'Asia/Shanghai');
    await send({ to: join(scratch, 'b.zip'), format: 'zip' });
    vi.unstubAllEnvs();
    const zip = readFileSync(join(scratch, 'a/penguins.zip'));
    expect(readFileSync(join(scratch, 'b.zip')).equals(zip)).toBe(true);
    const entries = Object.entries(unzipSync(zip));
    const unpacked = entries.map(([path, bytes]) => [
      path.slice('penguins'.length),
      Buffer.from(bytes).toString('base64'),
    ]);
    expect(unpacked.sort()).toEqual(contents(source));
    expect((await send({ to: join(scratch, 'a'), format: 'zip' })).outcome.sent).toBe(0);
  });
});

describe('a bundle that is not what was verified', () => {
  async function damaged(change: (copy: string) => void) {
    await send({ to: scratch });
    const copy = join(scratch, 'penguins');
    change(copy);
    return problemOf(openVerifiedBundle(realFs, copy));
  }

  test.each(['server.mjs', 'program/weights.safetensors', 'parity.json'])(
    'because %s changed is refused',
    async (file) => {
      const problem = await damaged((copy) => {
        const bytes = readFileSync(join(copy, file));
        bytes[10] = (bytes[10] ?? 0) ^ 1;
        writeFileSync(join(copy, file), bytes);
      });
      expect(problem).toMatchObject({ code: 'deploy-unverified', values: { file } });
    },
  );

  test('because a file is missing is refused', async () => {
    expect(await damaged((copy) => rmSync(join(copy, 'parity.json')))).toMatchObject({ code: 'deploy-unverified' });
  });

  test.each(['../secret', '/etc/passwd', 'a\\..\\b', 'C:x'])('because it lists %s is refused', async (path) => {
    const problem = await damaged((copy) => {
      const metadata = JSON.parse(readFileSync(join(copy, 'metadata.json'), 'utf8'));
      metadata.files.push({ path, bytes: 1, sha256: 'x' });
      writeFileSync(join(copy, 'metadata.json'), JSON.stringify(metadata));
    });
    expect(problem).toMatchObject({ code: 'deploy-unverified', values: { file: path } });
  });
});

describe('settings of a target', () => {
  test.each([
    [['to'], 'deploy-setting-malformed'],
    [['format=tar'], 'param-not-an-option'],
    [['folder=x'], 'param-unknown-here'],
    [['__proto__=x'], 'param-unknown-here'],
  ])('%s are refused: %s', (texts, code) => {
    const parsed = parseConfig(folder, texts);
    const problems = [...parsed.problems, ...checkConfig(folder, parsed.config).problems];
    expect(problems[0]?.code).toBe(code);
  });
});
