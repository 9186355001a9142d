import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { Modelyard } from '../fixtures/modelyard';
import { type Sketch, tableYard } from '../fixtures/pipelines';

const modelyard = new Modelyard();
beforeAll(async () => {
  await build();
});
afterAll(() => modelyard.close());

/** Sales that follow the hour and the day of the week, counted in numbers that float32 would blur. */
function salesCsv(): string {
  const lines = Array.from({ length: 600 }, (_, i) => {
    const at = new Date(Date.UTC(1969, 10, 1) + i * 7 * 3_600_000);
    const [hour, weekday] = [at.getUTCHours() / 24, (at.getUTCDay() - 1) / 7];
    const sales = 3e9 + 30 * Math.sin(2 * Math.PI * hour) + 20 * Math.cos(2 * Math.PI * weekday);
    return `${at.toISOString().slice(0, 19)},${1e9 + (i % 9) / 4},${sales}`;
  });
  return `when,price,sales\n${lines.join('\n')}\n`;
}

function save(name: string, dates: Readonly<Record<string, Sketch>>): string {
  writeFileSync(modelyard.path('sales.csv'), salesCsv());
  const hasDates = Object.keys(dates).length > 0;
  const text = tableYard('sales.csv', {
    target: 'sales',
    units: 1,
    nodes: {
      ...dates,
      normalize: ['prepare.normalize', { columns: ['price', 'sales'] }],
      dense: ['layer.dense', { units: 1, activation: 'linear' }],
      train: [
        'train.fit',
        { loss: 'meanSquaredError', epochs: 60, batchSize: 16, optimizer: { type: 'adam', learningRate: 0.02 } },
      ],
    },
    ...(hasDates
      ? { cut: ['split.dataset>normalize.table'], edges: ['split.dataset>dates.table', 'dates.table>normalize.table'] }
      : {}),
  });
  writeFileSync(modelyard.path(`${name}.yard`), text);
  return modelyard.path(`${name}.yard`);
}

describe.sequential('a table with a date', () => {
  it('is not trained on milliseconds: the run says so before it begins', async () => {
    const { code, out, err } = await modelyard.run('run', save('raw', {}));
    expect(code).not.toBe(0);
    expect(out + err).toContain('The column "when" is a time');
    expect(out + err).toContain('Date parts');
  });

  it('is learned from its parts, and predicted alike in every format, from times as people write them', async () => {
    const path = save('parts', { dates: ['prepare.dateParts', {}] });
    const events = (await modelyard.run('run', path, '--json')).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.find(({ type }) => type === 'report')?.report.r2).toBeGreaterThan(0.95);
    const { code, err } = await modelyard.run('export', path, '--to', modelyard.path('bundle'));
    expect([code, err]).toEqual([0, '']);
    const parity = JSON.parse(readFileSync(modelyard.path('bundle', 'parity.json'), 'utf8'));
    expect(Object.keys(parity.formats).sort()).toEqual(['onnx', 'savedModel', 'server', 'tfjs']);
    for (const { maxDifference } of Object.values<{ maxDifference: number }>(parity.formats)) {
      expect(maxDifference).toBeLessThan(0.01);
    }
    const samples = JSON.parse(readFileSync(modelyard.path('bundle', 'samples.json'), 'utf8'));
    expect(samples.rows[0].when).toMatch(/^19(69|70)-\d\d-\d\dT\d\d:00:00\.000Z$/);
    expect(Math.abs(samples.outputs[0][0] - 3e9)).toBeLessThan(200);
  });
});
