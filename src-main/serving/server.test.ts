import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../../scripts/build.mjs';
import type { Predictor } from '../../src-shared/runs/values';
import { bundleFiles, bundleMetadata } from '../exports/bundle-files';
import { exportFormats, jsonFile } from '../exports/export-formats';
import { imagePredictor, regressionPredictor, sampleRows, tablePredictor } from '../exports/sample-predictors';

/** Runs the real `server.mjs` in a folder of its own, as a user would. */
class Running {
  private constructor(
    readonly folder: string,
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(predictor: Predictor, name: string, env: Record<string, string> = {}): Promise<Running> {
    const folder = writeBundle(predictor, name);
    const { child, url } = await startServer(folder, ['--port', '0'], env);
    return new Running(folder, url, child);
  }

  get port(): string {
    return new URL(this.url).port;
  }

  async get(path: string): Promise<{ status: number; body: Record<string, never> }> {
    return answer(await fetch(this.url + path));
  }

  async post(path: string, body: unknown): Promise<{ status: number; body: Record<string, never> }> {
    return answer(
      await fetch(this.url + path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
    );
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill();
    await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function answer(response: Response) {
  expect(response.headers.get('content-type')).toContain('application/json');
  // Tests look into answers of many shapes.
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}

function writeBundle(predictor: Predictor, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'serve-'));
  const formats = exportFormats(predictor);
  const request = { name, reports: [], lineage: {}, server: readFileSync('out/server.mjs') };
  const files = bundleFiles(predictor, formats, request);
  const all = { ...files, 'metadata.json': jsonFile(bundleMetadata(predictor, { request, formats, files })) };
  for (const [path, bytes] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

async function startServer(folder: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(folder, 'server.mjs'), ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/[^/]+/.exec(line)?.[0];
    if (url) return { child, url };
  }
  throw new Error('The server did not start.');
}

/** What the server says on its error output, and its exit code. */
async function startToFail(folder: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(folder, 'server.mjs'), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, 'exit');
  return { code, text };
}

let table: Running;
let images: Running;
let numbers: Running;

beforeAll(async () => {
  await build(['out/server.mjs']);
  const cloud = { AIP_HEALTH_ROUTE: '/health', AIP_PREDICT_ROUTE: '/predict', MAX_BODY_MB: '1' };
  table = await Running.start(tablePredictor(), 'penguins', cloud);
  images = await Running.start(imagePredictor(), 'digits');
  numbers = await Running.start(regressionPredictor(), 'prices');
});
afterAll(async () => {
  await Promise.all([table?.stop(), images?.stop(), numbers?.stop()]);
});

const predictTable = (instances: unknown) => table.post('/v1/models/penguins:predict', { instances });
const row = { mass: 3500, island: 'Dream' };

describe('TensorFlow Serving', () => {
  test('rows give a class and a probability per class, as the app does', async () => {
    const { rows, outputs } = await sampleRows(tablePredictor(), 300);
    const { status, body } = await predictTable(rows);
    expect(status).toBe(200);
    const predictions: { class: string; probabilities: Record<string, number> }[] = body.predictions ?? [];
    expect(predictions).toHaveLength(300);
    const classes = ['Adelie', 'Chinstrap', 'Gentoo'];
    predictions.forEach((prediction, i) => {
      const expected = Array.from(outputs.probabilities?.data.slice(i * 3, i * 3 + 3) ?? [], Number);
      expect(Object.keys(prediction.probabilities)).toEqual(classes);
      classes.forEach((name, c) => {
        expect(prediction.probabilities[name]).toBeCloseTo(expected[c] ?? Number.NaN, 5);
      });
      expect(prediction.class).toBe(classes[expected.indexOf(Math.max(...expected))]);
    });
  });

  test('columns give columns', async () => {
    const { body } = await table.post('/v1/models/penguins/versions/1:predict', {
      signature_name: 'serving_default',
      inputs: { mass: [3500, null], island: ['Dream', 'Nowhere'] },
    });
    expect(body.outputs).toMatchObject({
      class: expect.any(Array),
      probabilities: [expect.any(Array), expect.any(Array)],
    });
  });

  test('images come nested or flat, bare or by name, and mean the same', async () => {
    const { rows } = await sampleRows(imagePredictor(), 1);
    const flat = rows[0]?.image as number[];
    const nested = Array.from({ length: 8 }, (_unused, y) => flat.slice(y * 8, y * 8 + 8).map((value) => [value]));
    const answers = await Promise.all(
      [[{ image: flat }], [{ image: nested }], [nested], [flat]].map((instances) =>
        images.post('/v1/models/digits:predict', { instances }),
      ),
    );
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toEqual(answers[0]?.body);
    }
  });

  test('a regression gives numbers', async () => {
    const instances = [
      { mass: 3500, island: 'Dream' },
      { mass: null, island: 'Biscoe' },
    ];
    const { body } = await numbers.post('/v1/models/prices:predict', { instances });
    expect(body.predictions).toEqual([expect.any(Number), expect.any(Number)]);
    const columns = await numbers.post('/v1/models/prices:predict', { inputs: { mass: [3500], island: ['Dream'] } });
    expect(columns.body.outputs).toEqual([body.predictions?.[0]]);
  });

  test('status and metadata', async () => {
    const status = await table.get('/v1/models/penguins');
    expect(status.body.model_version_status).toMatchObject([{ version: '1', state: 'AVAILABLE' }]);
    const { body } = await table.get('/v1/models/penguins/metadata');
    expect(JSON.stringify(body)).toContain('"island":{"name":"island","dtype":"DT_STRING"');
  });
});

describe('Open Inference Protocol', () => {
  test('health, server and model', async () => {
    expect((await table.get('/v2/health/live')).body).toEqual({ live: true });
    expect((await table.get('/v2/health/ready')).body).toEqual({ ready: true });
    expect((await table.get('/v2')).body).toMatchObject({ name: 'modelyard' });
    expect((await table.get('/v2/models/penguins/ready')).body).toEqual({ name: 'penguins', ready: true });
    expect((await table.get('/v2/models/penguins/versions/1')).body).toMatchObject({
      inputs: [
        { name: 'island', datatype: 'BYTES', shape: [-1] },
        { name: 'mass', datatype: 'FP32', shape: [-1] },
      ],
      outputs: [{ name: 'class' }, { name: 'probabilities', shape: [-1, 3] }],
    });
  });

  test('infer gives what predict gives', async () => {
    const inputs = [
      { name: 'mass', shape: [2], datatype: 'FP32', data: [3500, null] },
      { name: 'island', shape: [2, 1], datatype: 'BYTES', data: ['Dream', 'Nowhere'] },
    ];
    const { body } = await table.post('/v2/models/penguins/infer', {
      id: '42',
      inputs,
      outputs: [{ name: 'probabilities' }],
    });
    expect(body).toMatchObject({ model_name: 'penguins', model_version: '1', id: '42' });
    const predicted = await table.post('/v1/models/penguins:predict', {
      inputs: { mass: [3500, null], island: ['Dream', 'Nowhere'] },
    });
    const { probabilities } = predicted.body.outputs as unknown as { probabilities: number[][] };
    expect(body.outputs).toEqual([
      { name: 'probabilities', datatype: 'FP32', shape: [2, 3], data: probabilities.flat() },
    ]);
  });

  test('images flat or nested', async () => {
    const { rows } = await sampleRows(imagePredictor(), 2);
    const data = rows.flatMap(({ image }) => image as number[]);
    const nested = rows.map(({ image }) => image);
    const ask = (value: unknown[]) =>
      images.post('/v2/models/digits/infer', {
        inputs: [{ name: 'image', shape: [2, 8, 8, 1], datatype: 'UINT8', data: value }],
      });
    const [a, b] = await Promise.all([ask(data), ask(nested)]);
    expect(a.status).toBe(200);
    expect(b.body).toEqual(a.body);
  });

  test.each([
    ['no inputs', {}, 'not an inference request'],
    ['an unknown input', { inputs: [{ name: 'age', shape: [1], datatype: 'FP32', data: [1] }] }, '"age"'],
    [
      'another datatype',
      { inputs: [{ name: 'island', shape: [1], datatype: 'FP32', data: [1] }] },
      'wants the datatype BYTES',
    ],
    ['another shape', { inputs: [{ name: 'mass', shape: [1, 2], datatype: 'FP32', data: [1, 2] }] }, 'wants the shape'],
    ['too few values', { inputs: [{ name: 'mass', shape: [3], datatype: 'FP32', data: [1] }] }, 'has 1 values'],
  ])('%s is refused', async (_what, body, sentence) => {
    const refused = await table.post('/v2/models/penguins/infer', body);
    expect(refused.status).toBe(400);
    expect(refused.body.error).toContain(sentence);
  });
});

describe('other routes', () => {
  test.each(['/healthz', '/livez', '/ping', '/health'])('%s says that the server lives', async (path) => {
    expect(await table.get(path)).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  test.each(['/invocations', '/predict'])('%s predicts', async (path) => {
    const direct = await predictTable([row]);
    expect((await table.post(path, { instances: [row] })).body).toEqual(direct.body);
  });

  test('/openapi.json describes the columns', async () => {
    const { body } = await table.get('/openapi.json');
    expect(JSON.stringify(body)).toContain('/v1/models/penguins:predict');
    expect(body).toEqual(JSON.parse(readFileSync(join(table.folder, 'openapi.json'), 'utf8')));
  });
});

describe('a bad request gets a sentence that names the place', () => {
  test.each([
    ['a missing column', [{ mass: 1 }], 400, 'The column "island" is missing in row 0'],
    ['an unknown column', [{ ...row, age: 3 }], 400, 'the column "age"'],
    ['text in a number', [row, { ...row, mass: 'heavy' }], 400, 'The column "mass" wants a number; row 1 has "heavy"'],
    ['a list as a word', [{ ...row, island: ['a', 'b'] }], 400, 'The column "island" wants a text'],
    ['a bare row', [5], 400, 'Row 0 must be an object'],
    ['no rows', [], 400, 'no rows'],
    ['no list', 5, 400, '"instances" must be a list'],
  ])('%s', async (_what, ...[instances, status, sentence]) => {
    const refused = await predictTable(instances);
    expect(refused.status).toBe(status);
    expect(refused.body.error).toContain(sentence);
  });

  test('a wrong shape, a number that is no byte', async () => {
    const short = await images.post('/v1/models/digits:predict', { instances: [[1, 2, 3]] });
    expect(short).toMatchObject({ status: 400 });
    expect(short.body.error).toContain('wants the shape [8, 8, 1]');
    const bright = await images.post('/v1/models/digits:predict', { instances: [Array(64).fill(300)] });
    expect(bright.body.error).toContain('whole number from 0 to 255; row 0 has 300');
  });

  test('an unknown or missing category under the policy "error"', async () => {
    const unknown = await numbers.post('/v1/models/prices:predict', { instances: [{ mass: 1, island: 'Nowhere' }] });
    expect(unknown).toMatchObject({ status: 400 });
    expect(unknown.body.error).toContain('"island" has the unknown value "Nowhere" in row 0. Known: Biscoe, Dream.');
    const missing = await numbers.post('/v1/models/prices:predict', { instances: [{ mass: 1, island: null }] });
    expect(missing.body.error).toContain('The column "island" is missing in row 0');
  });

  test.each([
    ['not JSON', '{"instances": [', 400, 'not JSON'],
    ['poisoned JSON', '{"instances": [{"__proto__": {}}]}', 400, 'not JSON'],
    ['a list', '[]', 400, 'must be a JSON object'],
    ['both forms', '{"instances": [], "inputs": {}}', 400, 'exactly one'],
    ['another signature', '{"instances": [], "signature_name": "x"}', 400, 'no signature "x"'],
    [
      'columns of different lengths',
      '{"inputs": {"mass": [1], "island": ["a", "b"]}}',
      400,
      'different numbers of rows',
    ],
    ['too much', JSON.stringify({ instances: 'x'.repeat(2 ** 21) }), 413, 'larger than 1 MB'],
  ])('%s', async (_what, ...[body, status, sentence]) => {
    const refused = await table.post('/v1/models/penguins:predict', body);
    expect(refused.status).toBe(status);
    expect(refused.body.error).toContain(sentence);
  });

  test('a body without a length that grows too large', async () => {
    const body = await new Promise<string>((resolve, reject) => {
      const options = { port: table.port, path: '/invocations', method: 'POST' };
      const sent = httpRequest(options, (response) => {
        response.setEncoding('utf8').once('data', resolve);
      });
      sent.once('error', reject);
      for (let i = 0; i < 20; i++) sent.write('x'.repeat(100_000));
      sent.end();
    });
    expect(body).toContain('larger than 1 MB');
  });

  test.each([
    ['another model', 'GET', '/v1/models/cats', 404, 'no model "cats"'],
    ['another version', 'GET', '/v2/models/penguins/versions/9', 404, 'no version 9'],
    ['another path', 'GET', '/admin', 404, 'nothing at /admin'],
    ['another method', 'GET', '/v1/models/penguins:predict', 405, 'answers POST'],
    ['an escape that is none', 'GET', '/v1/models/%E0%A4%A', 404, 'no model'],
  ])('%s', async (_what, ...[method, path, status, sentence]) => {
    const response = await fetch(table.url + path, { method });
    expect(response.status).toBe(status);
    expect(((await response.json()) as { error: string }).error).toContain(sentence);
  });
});

describe('starting', () => {
  test('listens on this machine alone unless told otherwise', () => {
    expect(new URL(table.url).hostname).toBe('127.0.0.1');
  });

  test('a port in use, a port that is none, and a folder without a model each give one sentence', async () => {
    expect(await startToFail(table.folder, ['--port', table.port])).toEqual({
      code: 1,
      text: `Port ${table.port} is in use. Choose another one with --port.\n`,
    });
    expect(await startToFail(table.folder, [], { PORT: 'http' })).toEqual({
      code: 1,
      text: 'The port must be a whole number from 0 to 65535, not "http".\n',
    });
    const { code, text } = await startToFail(table.folder, [], { MODEL_DIR: tmpdir() });
    expect(code).toBe(1);
    expect(text).toContain('is not a bundle: metadata.json is missing');
  });
});
