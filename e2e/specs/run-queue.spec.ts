import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { example, type JsonEvent, Modelyard, readEvents } from '../fixtures/modelyard';
import { processTree } from '../fixtures/process-tree';

let modelyard: Modelyard;
beforeAll(() => {
  modelyard = new Modelyard();
});
afterAll(() => modelyard.close());

/** Three trainings that differ; the second one is long enough to be killed. */
const trainings = [
  ['--set', 'train.epochs=3'],
  ['--set', 'train.epochs=400'],
  ['--set', 'train.epochs=5'],
];

async function add(settings: readonly string[]): Promise<void> {
  const { code, out, err } = await modelyard.run(
    'queue',
    'add',
    example('penguins.yard'),
    '--to',
    'train',
    ...settings,
  );
  expect([code, out + err]).toEqual([0, expect.stringMatching(/waits/)]);
}

async function list(): Promise<readonly { readonly id: string; readonly state: string }[]> {
  const { out } = await modelyard.run('queue', 'list', '--json');
  return JSON.parse(out).entries;
}

/** The last loss that a run's training told. */
function lastLoss(events: readonly JsonEvent[]): unknown {
  return events.findLast(({ type }) => type === 'epoch-finished')?.metrics;
}

describe('runs in a queue', () => {
  it('survive kill -9 of everything, and go on in order to the same results', async () => {
    for (const settings of trainings) await add(settings);
    const work = modelyard.start('queue', 'work', '--json');
    const isSecondTraining = () => {
      const events = readEvents(work.output());
      const second = events.findIndex(({ type, id }) => type === 'queue-started' && id === '2');
      return second >= 0 && events.slice(second).filter(({ type }) => type === 'checkpoint-saved').length > 2;
    };
    await expect.poll(isSecondTraining, { timeout: 90_000, interval: 20 }).toBe(true);
    for (const { pid } of processTree(work.child.pid ?? 0)) process.kill(pid, 'SIGKILL');
    await work.done;
    expect((await list()).map(({ state }) => state)).toEqual(['done', 'running', 'waiting']);

    const { code, events } = await modelyard.events('queue', 'work');
    expect(code).toBe(0);
    expect((await list()).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(events.filter(({ type }) => type === 'queue-started').map(({ id }) => id)).toEqual(['2', '3']);
    const third = events.findIndex(({ type, id }) => type === 'queue-started' && id === '3');
    expect(events.slice(0, third).map(({ type }) => type)).toContain('training-resumed');

    const alone = new Modelyard();
    const whole = await alone.events('run', example('penguins.yard'), '--to', 'train', ...(trainings[1] ?? []));
    alone.close();
    expect(lastLoss(events.slice(0, third))).toEqual(lastLoss(whole.events));
    expect(lastLoss(whole.events)).toBeDefined();
  }, 240_000);

  it('are listed, moved, removed and cleared by their numbers', async () => {
    for (const settings of trainings) await add(settings);
    expect((await modelyard.run('queue', 'move', '6', '1')).out).toMatch(/6 +waiting.*\n +4 +waiting/);
    expect((await modelyard.run('queue', 'remove', '4')).out).toMatch(/4 +cancelled/);
    await modelyard.run('queue', 'clear');
    expect((await list()).slice(3).map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    const wrong = await modelyard.run('queue', 'move', '6', 'first');
    expect([wrong.code, wrong.out]).toEqual([2, expect.stringContaining('is no place in the line')]);
  });
});
