import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../src-shared/problem';
import type { RunEvent } from '../../src-shared/runs/run-event';
import { FaultyFs } from '../files/faulty-fs';
import { realFs } from '../files/fs-port';
import { readJournal } from './journal/read-journal';
import { openTestEngine, type TestEngine } from './test-engine';

let engine: TestEngine;
beforeEach(async () => {
  engine = await openTestEngine();
});
afterEach(async () => {
  await rm(engine.root, { recursive: true, force: true });
});

const chain = { a: { params: { value: 2 } }, b: { from: ['a'], params: { plus: 3 } }, c: { from: ['a', 'b'] } };

function states(events: readonly RunEvent[]): Record<string, string> {
  return Object.fromEntries(events.flatMap((e) => (e.type === 'step-finished' ? [[e.node, e.state]] : [])));
}

function planned(events: readonly RunEvent[]): Record<string, string> {
  return Object.fromEntries(
    events.flatMap((e) => (e.type === 'step-planned' ? [[e.node, `${e.state}: ${e.reason.code}`]] : [])),
  );
}

function resultOf(events: readonly RunEvent[], node: string): unknown {
  const end = events.find((e) => e.type === 'step-finished' && e.node === node);
  return end?.type === 'step-finished' ? end.outputs?.report?.detail : undefined;
}

describe('a run', () => {
  it('executes steps in order, each with the values of those before it', async () => {
    const run = engine.run(chain);
    expect(await run.outcome).toMatchObject({ state: 'done' });
    expect(states(run.events)).toEqual({ a: 'done', b: 'done', c: 'done' });
    expect(resultOf(run.events, 'c')).toMatchObject({ metrics: { rmse: 7 } });
    expect(run.events[0]).toMatchObject({ type: 'run-started', backend: 'test', pid: process.pid });
  });

  it('does nothing the second time, and shows the results again', async () => {
    await engine.run(chain).outcome;
    const second = engine.run(chain);
    expect(await second.outcome).toMatchObject({ state: 'done' });
    expect(engine.counts).toEqual({ a: 1, b: 1, c: 1 });
    expect(states(second.events)).toEqual({ a: 'cached', b: 'cached', c: 'cached' });
    expect(second.events.filter(({ type }) => type === 'report')).toHaveLength(3);
  });

  it('runs again from a changed param on, and says why', async () => {
    await engine.run(chain).outcome;
    const second = engine.run({ ...chain, b: { from: ['a'], params: { plus: 4 } } });
    await second.outcome;
    expect(engine.counts).toEqual({ a: 1, b: 2, c: 2 });
    expect(planned(second.events)).toMatchObject({
      a: 'cached: same-inputs',
      b: 'run: param-changed',
      c: 'run: input-changes',
    });
  });

  it('runs everything where asked to, and only what is asked for', async () => {
    await engine.run(chain).outcome;
    await engine.run(chain, { noCache: true }).outcome;
    expect(engine.counts).toEqual({ a: 2, b: 2, c: 2 });
    const fresh = await openTestEngine();
    await fresh.run(chain, { to: 'b' }).outcome;
    expect(fresh.counts).toEqual({ a: 1, b: 1 });
  });

  it('makes a damaged result again, once it is needed', async () => {
    await engine.run(chain).outcome;
    const log = join(engine.root, 'log');
    for (const name of await readdir(log)) {
      const damaged = (await readFile(join(log, name), 'utf8')).replace('"rmse":2', '"rmse":9');
      await writeFile(join(log, name), damaged);
    }
    engine = await openTestEngine({ root: engine.root, counts: engine.counts });
    const second = engine.run({ ...chain, c: { from: ['a', 'b'], params: { plus: 1 } } });
    await second.outcome;
    expect(engine.counts).toEqual({ a: 2, b: 1, c: 2 });
    expect(resultOf(second.events, 'c')).toMatchObject({ metrics: { rmse: 8 } });
  });
});

/** Layers of nodes, each reading three of the layer before; every node has a number of its own. */
function layered(layers: number, width: number, change: Readonly<Record<string, number>> = {}) {
  const name = (layer: number, place: number) => `n${layer}_${place % width}`;
  const entries = Array.from({ length: layers * width }, (_, at) => {
    const [layer, place] = [Math.floor(at / width), at % width];
    const own = change[name(layer, place)] ?? at;
    if (layer === 0) return [name(layer, place), { params: { value: own } }] as const;
    const from = [0, 1, 2].map((step) => name(layer - 1, place + step));
    return [name(layer, place), { from, params: { plus: own } }] as const;
  });
  return Object.fromEntries(entries);
}

describe('a run of ten layers with two hundred nodes each', () => {
  it('runs the cone of what changed and nothing else', async () => {
    await engine.run(layered(10, 200)).outcome;
    expect(Object.keys(engine.counts)).toHaveLength(2000);
    for (const name of Object.keys(engine.counts)) delete engine.counts[name];
    await engine.run(layered(10, 200)).outcome;
    expect(engine.counts).toEqual({});
    await engine.run(layered(10, 200, { n9_7: -1 })).outcome;
    expect(engine.counts).toEqual({ n9_7: 1 });
    delete engine.counts.n9_7;
    const run = engine.run(layered(10, 200, { n7_100: -1, n9_7: -1 }));
    expect(await run.outcome).toMatchObject({ state: 'done' });
    const cone = ['n7_100', 'n8_98', 'n8_99', 'n8_100', ...[96, 97, 98, 99, 100].map((place) => `n9_${place}`)];
    expect(engine.counts).toEqual(Object.fromEntries(cone.map((name) => [name, 1])));
    expect(run.events.filter((event) => event.type === 'step-finished' && event.state === 'cached')).toHaveLength(1991);
  });
});

describe('a run that goes wrong', () => {
  it('goes on with branches that do not need the failed step', async () => {
    const run = engine.run({
      a: {},
      bad: { from: ['a'], params: { fails: true } },
      behind: { from: ['bad'] },
      beside: { from: ['a'] },
    });
    expect(await run.outcome).toMatchObject({ state: 'failed' });
    expect(states(run.events)).toEqual({ a: 'done', bad: 'failed', behind: 'skipped', beside: 'done' });
    expect(run.events).toContainEqual(
      expect.objectContaining({
        type: 'problem',
        node: 'bad',
        problem: expect.objectContaining({ code: 'test-failed' }),
      }),
    );
  });

  it('is refused before its first step where the machine cannot do one of those that would run', async () => {
    const wiring = { ...chain, c: { from: ['a', 'b'], params: { plus: 1_000_001 } } };
    const refused = engine.run(wiring);
    const found = { code: 'test-too-large', node: 'c', param: 'plus' };
    expect(await refused.outcome).toMatchObject({ state: 'refused', problems: [found] });
    expect(engine.counts).toEqual({});
    // As far as it goes, all the same; and a step that is not asked for is nobody's concern.
    expect(await engine.run(wiring, { partial: true }).outcome).toMatchObject({ state: 'done' });
    expect(await engine.run({ ...wiring, d: { from: ['c'] } }).outcome).toMatchObject({ state: 'done' });
    expect(await engine.run({ ...wiring, a: {} }, { to: 'b' }).outcome).toMatchObject({ state: 'done' });
  });

  it('does not begin where a step that is asked for has a problem', async () => {
    const wiring = { a: { params: { value: -1 } }, b: { from: ['a'] }, other: {} };
    const refused = engine.run(wiring);
    expect(await refused.outcome).toMatchObject({ state: 'refused', problems: [{ code: 'test-negative', node: 'a' }] });
    expect(refused.events).toEqual([]);
    expect(await engine.run(wiring, { to: 'other' }).outcome).toMatchObject({ state: 'done' });
    expect(await engine.run({ ...wiring, third: { params: { value: 5 } } }, { partial: true }).outcome).toMatchObject({
      state: 'done',
    });
    expect(engine.counts).toEqual({ other: 1, third: 1 });
  });

  it('stops at the step it is in when it is cancelled', async () => {
    const run = engine.run(
      { a: {}, slow: { from: ['a'], params: { waits: true } }, after: { from: ['slow'] }, late: { from: ['a'] } },
      {
        onEvent: (event) => event.type === 'step-started' && event.node === 'slow' && queueMicrotask(() => run.abort()),
      },
    );
    expect(await run.outcome).toMatchObject({ state: 'cancelled' });
    expect(states(run.events)).toMatchObject({ a: 'done', slow: 'cancelled' });
    expect(run.events.at(-1)).toMatchObject({ type: 'run-finished', state: 'cancelled' });
    expect(engine.counts.after).toBeUndefined();
  });

  it('keeps a journal equal to what was told', async () => {
    const run = engine.run(chain);
    const outcome = await run.outcome;
    const id = 'run' in outcome ? outcome.run : '';
    const folder = join(engine.root, 'runs', id);
    expect(await readJournal(realFs, folder)).toEqual(run.events);
    expect(await readFile(join(folder, 'document.yard'), 'utf8')).toContain('test.sum');
  });
});

describe('a run on a disk that fails', () => {
  it('ends with a problem or a result, whichever call fails, and the next run is right', async () => {
    const whole = await openTestEngine();
    const probe = new FaultyFs(realFs, { at: Number.POSITIVE_INFINITY, fault: 'ENOSPC', lasting: false });
    await (await openTestEngine({ fs: probe, root: whole.root })).run(chain).outcome;
    for (let at = 1; at <= probe.calls; at += 3) {
      const { root } = await openTestEngine();
      const fs = new FaultyFs(realFs, { at, fault: 'ENOSPC', lasting: at % 2 === 0 });
      const faulty = await openTestEngine({ fs, root }).catch(() => undefined);
      const outcome = await faulty?.run(chain).outcome.catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ProblemError);
      else if (faulty) expect(outcome).toMatchObject({ state: expect.stringMatching(/^(done|failed)$/) });
      const sound = await openTestEngine({ root });
      const next = sound.run(chain);
      expect(await next.outcome).toMatchObject({ state: 'done' });
      expect(resultOf(next.events, 'c')).toMatchObject({ metrics: { rmse: 7 } });
      await rm(root, { recursive: true, force: true });
    }
  });
});

describe('two engines on one store', () => {
  it('both finish, and agree', async () => {
    const other = await openTestEngine({ root: engine.root });
    const runs = [engine.run(chain), other.run(chain)];
    for (const run of runs) {
      expect(await run.outcome).toMatchObject({ state: 'done' });
      expect(resultOf(run.events, 'c')).toMatchObject({ metrics: { rmse: 7 } });
    }
    expect(await readdir(join(engine.root, 'open'))).toEqual([]);
  });
});
