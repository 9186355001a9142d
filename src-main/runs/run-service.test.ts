import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src-shared/runs/run-event';
import { testDocument } from '../engine/test-engine';
import { realFs } from '../files/fs-port';
import { RunService } from './run-service';

/** Real engine processes with the nodes of tests: a node that `waits` keeps its run going until it is stopped. */
const engineFile = join(import.meta.dirname, '../../out/test-engine-worker.mjs');
const folder = mkdtempSync(join(tmpdir(), 'runs-'));
const host = { engineFile, store: join(folder, 'store'), storeLimit: 2 ** 30, onEngineOutput: () => undefined };
const runs = new RunService(host, realFs);

beforeAll(async () => {
  const entryPoints = [join(import.meta.dirname, 'test-engine-worker.ts')];
  await build({
    entryPoints,
    outfile: engineFile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
});
afterAll(async () => {
  await runs.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(engineFile, { force: true });
});

const at = (name: string) => ({ base: folder, name });
const short = (value: number) => testDocument({ one: { params: { value } } });
const long = testDocument({ one: {}, held: { from: ['one'], params: { waits: true } } });

/** Starts the long run and waits until its node waits. */
async function startLong(name: string) {
  let isHeld: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    isHeld = resolve;
  });
  const events: RunEvent[] = [];
  const handle = runs.start({ document: long, ...at(name) }, (batch) => {
    events.push(...batch);
    if (batch.some((event) => event.type === 'step-started' && event.node === 'held')) isHeld();
  });
  await held;
  return { handle, events };
}

describe('runs of one host', () => {
  it('stand in line, in order, and say when they begin', async () => {
    const begun: string[] = [];
    const { handle: first } = await startLong('long.yard');
    const [second, third] = ['second', 'third'].map((name, i) =>
      runs.start({ document: short(i), ...at(`${name}.yard`) }, () => undefined, { onBegin: () => begun.push(name) }),
    );
    expect([first.isQueued, second?.isQueued, third?.isQueued]).toEqual([false, true, true]);
    expect(begun).toEqual([]);
    first.cancel();
    expect(await first.outcome).toMatchObject({ state: 'cancelled' });
    expect(await second?.outcome).toMatchObject({ state: 'done' });
    expect(await third?.outcome).toMatchObject({ state: 'done' });
    expect(begun).toEqual(['second', 'third']);
  });

  it('leave the line when they are cancelled, without a trace', async () => {
    const { handle: first } = await startLong('long.yard');
    const events: RunEvent[] = [];
    const second = runs.start({ document: short(7), ...at('never.yard') }, (batch) => events.push(...batch));
    second.cancel();
    expect(await second.outcome).toEqual({ state: 'cancelled', run: '' });
    const third = runs.start({ document: short(8), ...at('third.yard') }, () => undefined);
    first.cancel();
    expect(await third.outcome).toMatchObject({ state: 'done' });
    expect(events).toEqual([]);
    expect(await runs.history(at('never.yard'))).toEqual([]);
  });

  it('go on in a fresh engine when theirs is killed', async () => {
    const { handle: first, events } = await startLong('killed.yard');
    const second = runs.start({ document: short(9), ...at('after.yard') }, () => undefined);
    const { enginePid } = first;
    process.kill(enginePid ?? 0, 'SIGKILL');
    expect(await first.outcome).toMatchObject({ state: 'failed' });
    expect(events).toContainEqual(expect.objectContaining({ type: 'problem', node: 'held' }));
    expect(await second.outcome).toMatchObject({ state: 'done' });
    expect(second.enginePid).not.toBe(enginePid);
  });

  it('do not hold up plans, which are the same beside a run as without one', async () => {
    const ask = { document: short(1), ...at('plan.yard') };
    const without = await runs.plan(ask);
    const { handle } = await startLong('busy.yard');
    const began = performance.now();
    expect(await runs.plan(ask)).toEqual(without);
    expect(performance.now() - began).toBeLessThan(1_000);
    handle.cancel();
    await handle.outcome;
    expect(without.steps).toMatchObject([{ node: 'one', state: 'cached' }]);
  });
});

describe('a plan where no run engine starts', () => {
  it('is made for the runner of the last time, and says so', async () => {
    await runs.plan({ document: short(1), ...at('plan.yard') });
    const looksOnly = join(folder, 'looks-only.mjs');
    const leave = "if (JSON.parse(process.argv[2]).role === 'run') process.exit(3);";
    writeFileSync(looksOnly, `${leave}\nawait import(${JSON.stringify(engineFile)});\n`);
    const without = new RunService({ ...host, engineFile: looksOnly }, realFs);
    const { steps, problems } = await without.plan({ document: short(1), ...at('plan.yard') });
    await without.close();
    expect(steps).toMatchObject([{ node: 'one', state: 'cached' }]);
    expect(problems).toMatchObject([{ code: 'plan-runner-remembered' }]);
  });
});

describe('looking', () => {
  it('is answered while a run is under way, and refused once it was cancelled', async () => {
    const { handle } = await startLong('look.yard');
    const { problems } = await runs.check({ document: short(1), ...at('look.yard') });
    expect(problems).toEqual([]);
    const stop = new AbortController();
    const stopped = runs.probe({ document: short(1), ...at('look.yard') }, stop.signal);
    stop.abort();
    await expect(stopped).rejects.toMatchObject({ problem: { code: 'request-cancelled' } });
    handle.cancel();
    await handle.outcome;
  });

  it('is refused where the engine does not know the form of what was asked', async () => {
    const quick = 'yes' as unknown as boolean;
    const asked = runs.probe({ document: short(1), ...at('look.yard'), quick });
    await expect(asked).rejects.toMatchObject({ problem: { code: 'engine-failed' } });
  });
});

describe('the history of a document', () => {
  it('lists its runs, newest first, with what they measured, and gives their events and documents back', async () => {
    for (const value of [21, 22])
      await runs.start({ document: short(value), ...at('past.yard') }, () => undefined).outcome;
    const history = await runs.history(at('past.yard'));
    expect(history).toHaveLength(2);
    expect(history[0]).toMatchObject({ name: 'past.yard', state: 'done', seed: 1, backend: 'test' });
    const documents = await Promise.all(history.map(({ run }) => runs.runDocument(run)));
    expect(documents.map(({ nodes }) => nodes.one?.params.value)).toEqual([22, 21]);
    const events = await runs.runEvents(history[0]?.run ?? '');
    expect(events.map(({ type }) => type)).toEqual([
      'run-started',
      'step-planned',
      'step-started',
      'step-finished',
      'run-finished',
    ]);
  });

  it('knows no run by a name that is a path', async () => {
    await expect(runs.runDocument('../../etc')).rejects.toMatchObject({ problem: { code: 'run-not-found' } });
    await expect(runs.runEvents('r-20260101-000000-0000')).rejects.toMatchObject({
      problem: { code: 'run-not-found' },
    });
  });
});
