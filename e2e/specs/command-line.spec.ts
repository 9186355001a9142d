import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../scripts/build.mjs';
import {
  eventsOf,
  modelyard,
  smallDigits,
  start,
  startOnSmallDisk,
  stepStates,
  temporaryFolder,
} from '../fixtures/command-line';

let folder = '';
let store = '';
let file = '';
beforeAll(async () => {
  await build();
  folder = temporaryFolder();
  store = join(folder, 'store');
  file = smallDigits(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('run', () => {
  it('trains, tests and tells it as events, one JSON object a line', async () => {
    const { code, stdout } = await modelyard(store, 'run', file, '--json');
    expect(code).toBe(0);
    const events = eventsOf(stdout);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]).toMatchObject({ type: 'run-started', pid: expect.any(Number) });
    const report = events.find((event) => event.type === 'report');
    expect(report).toMatchObject({ node: 'test', report: { rows: 10_000, accuracy: expect.any(Number) } });
    expect(events.some((event) => event.type === 'training-progress' && event.rate > 0)).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', state: 'done' });
  });

  it('runs nothing the second time, and says so', async () => {
    const { code, stdout } = await modelyard(store, 'run', file);
    expect(code).toBe(0);
    expect(stdout).toContain('0 to run, 3 cached');
    expect(stdout).toContain('Nothing has changed since the last run, so nothing ran.');
    expect(stdout).toContain('accuracy 0.9');
  });

  it('runs from a changed layer on', async () => {
    const changed = ['--set', 'dense.activation=linear', '--set', 'train.epochs=1', '--to', 'train'];
    const { stdout } = await modelyard(store, 'run', file, ...changed, '--json');
    expect(stepStates(stdout)).toEqual({ digits: 'cached', train: 'done' });
  });

  it('outlives its engine, says at which node it died, and goes on from the last checkpoint', async () => {
    const args = ['run', file, '--set', 'train.epochs=40', '--to', 'train', '--json'];
    const run = start(store, ...args);
    const begun = await run.event((event) => event.type === 'run-started');
    await run.event((event) => event.type === 'checkpoint-saved');
    await run.event((event) => event.type === 'training-progress' && event.epoch >= 2);
    if (begun.type === 'run-started' && begun.pid) process.kill(begun.pid, 'SIGKILL');
    const { code, stdout, stderr } = await run.finished;
    expect(code).toBe(1);
    expect(stderr).toBe('');
    const events = eventsOf(stdout);
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', state: 'failed' });
    const died = { code: 'engine-died', node: 'train', values: { node: 'train', signal: 'SIGKILL' } };
    expect(events).toContainEqual(expect.objectContaining({ problem: expect.objectContaining(died) }));
    const again = await modelyard(store, ...args);
    expect(again.code).toBe(0);
    expect(stepStates(again.stdout)).toEqual({ digits: 'cached', train: 'done' });
    const epochs = eventsOf(again.stdout).flatMap((event) => (event.type === 'epoch-finished' ? [event.epoch] : []));
    expect(Math.min(...epochs)).toBeGreaterThan(1);
    expect(Math.max(...epochs)).toBe(40);
  });

  it('stops when it is interrupted, within a second or two', async () => {
    const run = start(store, 'run', file, '--set', 'train.epochs=500', '--json');
    await run.event((event) => event.type === 'training-progress');
    const asked = performance.now();
    run.child.kill('SIGINT');
    const { code, stdout } = await run.finished;
    expect(code).toBe(130);
    expect(performance.now() - asked).toBeLessThan(4_000);
    expect(stepStates(stdout)).toMatchObject({ train: 'cancelled', test: 'skipped' });
    expect(eventsOf(stdout).at(-1)).toMatchObject({ type: 'run-finished', state: 'cancelled' });
  });

  it('lets two commands share one store', async () => {
    const shared = join(folder, 'shared');
    const ends = await Promise.all([1, 2].map(() => modelyard(shared, 'run', file, '--to', 'digits', '--json')));
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    const third = await modelyard(shared, 'run', file, '--to', 'digits', '--json');
    expect(stepStates(third.stdout)).toEqual({ digits: 'cached' });
  });
});

describe('a full disk', () => {
  it('fails the step with a sentence, and the next run is whole', async () => {
    const small = join(folder, 'small-disk');
    const { code, stdout } = await startOnSmallDisk(10, small, 'run', file, '--to', 'digits').finished;
    expect(code).toBe(1);
    expect(stdout).toContain('digits: There is no space left on the disk');
    expect(stdout).toContain('Free some space');
    const next = await modelyard(small, 'run', file, '--to', 'digits', '--json');
    expect(stepStates(next.stdout)).toEqual({ digits: 'done' });
  });
});

describe('wrong input', () => {
  const cases: readonly (readonly [string, string[], string])[] = [
    ['a file that is not there', ['run', '/nowhere/a.yard'], 'is not there'],
    ['an unknown node', ['run', 'FILE', '--set', 'nobody.units=3'], 'nobody'],
    ['a wrong value', ['run', 'FILE', '--set', 'dense.units=0'], 'units'],
    ['an unknown target', ['plan', 'FILE', '--to', 'nobody'], 'nobody'],
    ['a missing argument', ['run'], 'missing required argument'],
  ];
  it.each(cases)('is told in a sentence: %s', async (_what, args, sentence) => {
    const { code, stdout, stderr } = await modelyard(store, ...args.map((arg) => (arg === 'FILE' ? file : arg)));
    expect(code).toBe(2);
    expect(stdout + stderr).toContain(sentence);
    expect(stdout + stderr).not.toMatch(/^\s+at /m);
  });

  it('is told for a file that is no pipeline', async () => {
    const path = join(folder, 'broken.yard');
    writeFileSync(path, '{"format": "modelyard", ');
    for (const command of ['run', 'check', 'plan']) expect((await modelyard(store, command, path)).code).toBe(2);
  });
});

describe('looking', () => {
  it('checks and plans without running anything', async () => {
    const empty = join(folder, 'empty');
    const checked = await modelyard(empty, 'check', file);
    expect(checked).toMatchObject({ code: 0 });
    expect(checked.stdout).toContain('dense.y');
    const planned = await modelyard(empty, 'plan', file, '--json');
    const { steps } = JSON.parse(planned.stdout);
    expect(steps).toContainEqual(
      expect.objectContaining({ node: 'train', state: 'run', reason: { code: 'first-run' } }),
    );
  });

  it('lists the nodes', async () => {
    const { stdout } = await modelyard(store, 'nodes', '--json');
    expect(stdout).toContain('"kind":"train.fit"');
  });
});
