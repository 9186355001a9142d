import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { example, Modelyard } from '../fixtures/modelyard';

const modelyard = new Modelyard();
const file = example('digits-fast.yard');
const bundle = modelyard.path('bundle');
beforeAll(async () => {
  await build();
});
afterAll(() => modelyard.close());

describe.sequential('the faster digits pipeline', () => {
  it('has no problem and plans its four steps', async () => {
    const checked = await modelyard.run('check', file);
    expect(`${checked.err}${checked.code}`).toBe('0');
    expect(checked.out).toContain('No problems.');
    const { out } = await modelyard.run('plan', file, '--json');
    const { steps } = JSON.parse(out) as { steps: { node: string; state: string }[] };
    const run = steps.filter(({ state }) => state === 'run').map(({ node }) => node);
    expect(run).toEqual(['digits', 'train', 'test', 'export']);
  });

  it('names at least 99 % of the test digits, and every format agrees', { timeout: 600_000 }, async () => {
    const { code, events, err } = await modelyard.events('run', file, '--set', `export.to=${bundle}`);
    expect(`${err}${code}`).toBe('0');
    const report = events.find((event) => event.type === 'report')?.report as { accuracy: number; rows: number };
    expect(report.rows).toBe(10_000);
    expect(report.accuracy).toBeGreaterThanOrEqual(0.99);
    const { formats } = JSON.parse(readFileSync(join(bundle, 'parity.json'), 'utf8'));
    expect(Object.keys(formats).sort()).toEqual(['onnx', 'savedModel', 'server', 'tfjs']);
    for (const format of Object.values<{ classChanges: number }>(formats)) expect(format.classChanges).toBe(0);
  });
});
