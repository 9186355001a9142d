import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { Modelyard, readEvents, stepStates } from '../fixtures/modelyard';
import { digitsYard } from '../fixtures/pipelines';

const modelyard = new Modelyard();
const file = modelyard.path('digits.yard');
beforeAll(async () => {
  await build();
  writeFileSync(file, digitsYard());
});
afterAll(() => modelyard.close());

describe('run', () => {
  it('trains, tests and tells it as events, one JSON object a line', async () => {
    const { code, events } = await modelyard.events('run', file);
    expect(code).toBe(0);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]).toMatchObject({ type: 'run-started', pid: expect.any(Number) });
    const report = events.find((event) => event.type === 'report');
    expect(report).toMatchObject({ node: 'test', report: { rows: 100, accuracy: expect.any(Number) } });
    expect(events.some((event) => event.type === 'training-progress' && Number(event.rate) > 0)).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', state: 'done' });
  });

  it('runs nothing the second time, says so, and still shows the report', async () => {
    const { code, out } = await modelyard.run('run', file);
    expect(code).toBe(0);
    expect(out).toContain('0 to run, 3 cached');
    expect(out).toContain('Nothing has changed since the last run, so nothing ran.');
    expect(out).toMatch(/accuracy 0\.\d/);
  });

  it('runs from a changed layer on', async () => {
    const { events } = await modelyard.events('run', file, '--set', 'conv.filters=3', '--to', 'train');
    expect(stepStates(events)).toEqual({ digits: 'cached', train: 'done' });
  });

  it('stops when it is interrupted, within a second or two', async () => {
    const { child, done, output } = modelyard.start('run', file, '--set', 'train.epochs=5000', '--json');
    while (!output().includes('training-progress')) await once(child.stdout, 'data');
    const asked = performance.now();
    child.kill('SIGINT');
    const { code, out } = await done;
    expect(code).toBe(130);
    expect(performance.now() - asked).toBeLessThan(4_000);
    const events = readEvents(out);
    expect(stepStates(events)).toMatchObject({ train: 'cancelled', test: 'skipped' });
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', state: 'cancelled' });
  });
});

describe('looking', () => {
  it('checks and plans without running anything', async () => {
    const store = ['--store', modelyard.path('empty')];
    const checked = await modelyard.run('check', file, ...store);
    expect(checked).toMatchObject({ code: 0 });
    expect(checked.out).toContain('dense.y');
    const { out } = await modelyard.run('plan', file, '--json', ...store);
    expect(JSON.parse(out).steps).toContainEqual(
      expect.objectContaining({ node: 'train', state: 'run', reason: { code: 'first-run' } }),
    );
  });

  it('lists the nodes', async () => {
    const { out } = await modelyard.run('nodes', '--json');
    expect(out).toContain('"kind":"train.fit"');
  });
});
