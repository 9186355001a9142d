import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { YardDocument } from '../../src-shared/document/document';
import type { AnswerOf } from '../../src-shared/ipc';
import { ProblemError } from '../../src-shared/problem';
import { testDocument } from '../engine/test-engine';
import { realFs } from '../files/fs-port';
import { AllowedSecretUses } from '../settings/allowed-secret-uses';
import { createLookHandlers } from './look-handlers';
import { createRunHandlers } from './run-handlers';
import { createSessionVault } from './session-vault';
import { StoreRuns } from './store-runs';
import { buildTestEngine, TestWindow } from './test-windows';
import { WindowClients } from './window-clients';

const short = testDocument({ one: { params: { value: 1 } } });
/** Its second node waits until it is stopped. */
const long = testDocument({ one: {}, held: { from: ['one'], params: { waits: true } } });

let engine: Awaited<ReturnType<typeof buildTestEngine>>;
beforeAll(async () => {
  engine = await buildTestEngine('test-window-engine');
});
afterAll(() => engine.remove());

let desk: ReturnType<typeof openDesk>;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk.close());

/** Handlers with a real engine; both windows have the document `d` open, at first. */
function openDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'window-runs-'));
  const faults: unknown[] = [];
  const clients = new WindowClients();
  const [first, second, third] = [new TestWindow('first'), new TestWindow('second'), new TestWindow('third')];
  for (const window of [first, second, third]) clients.add(window);
  const opened = new Set(['first', 'second']);
  const documents = {
    documentAt: (id: string) => (id === 'd' ? { base: folder, name: 'a.yard' } : undefined),
    viewersOf: () => [...opened].map((client) => ({ client, id: `d-of-${client}` })),
  };
  const choice = { store: join(folder, 'store'), storeLimit: 2 ** 30, device: 'auto' as const };
  const runs = new StoreRuns({ engineFile: engine.file, onEngineOutput: () => undefined }, realFs, () => choice);
  const vault = createSessionVault();
  const allowed = new AllowedSecretUses(realFs, folder);
  const onFault = (error: unknown) => void faults.push(error);
  const runGroup = createRunHandlers({ runs, documents, clients, vault, allowed, env: {}, onFault });
  const looks = createLookHandlers({ runs, documents });
  return {
    ...{ folder, faults, clients, first, second, third, opened, choice, runs, looks, runGroup },
    run: { ...runGroup.handlers },
    start: (document: YardDocument) => runGroup.handlers['run:start']({ id: 'd', document }, first),
    close: async () => {
      await runGroup.close?.();
      await runs.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function endOf(window: TestWindow, { ticket }: AnswerOf<'run:start'>) {
  return window.hears('run:ended', (ended) => ended.ticket === ticket);
}

function eventsOf(window: TestWindow) {
  return window.all('run:events').flatMap(({ events }) => events);
}

/** Waits until the long run's node waits; tells its engine's process id. */
async function untilHeld(window: TestWindow): Promise<number> {
  await window.hears('run:events', ({ events }) =>
    events.some((event) => event.type === 'step-started' && event.node === 'held'),
  );
  const started = eventsOf(window).find((event) => event.type === 'run-started');
  return (started?.type === 'run-started' && started.pid) || 0;
}

describe('a run of a window', () => {
  it('is told, in order and to its end, to every window that has the document open', async () => {
    const started = await desk.start(short);
    expect(desk.first.told).toEqual([]);
    const ended = await endOf(desk.second, started);
    expect(ended).toMatchObject({ ticket: started.ticket, id: 'd-of-second', end: { state: 'done' } });
    const asFirst = ({ name, payload }: TestWindow['told'][number]) => ({ name, payload: { ...payload, id: 'd' } });
    expect(desk.second.told.map(asFirst)).toEqual(desk.first.told);
    expect(desk.first.told.at(-1)?.name).toBe('run:ended');
    const types = eventsOf(desk.first).map(({ type }) => type);
    expect([types[0], types.at(-1)]).toEqual(['run-started', 'run-finished']);
    expect(desk.third.told).toEqual([]);
  });

  it('waits for the one before it, and says so', async () => {
    const before = await desk.start(long);
    await untilHeld(desk.first);
    const after = await desk.start(short);
    expect(await desk.first.hears('run:queued')).toEqual({ ticket: after.ticket, id: 'd' });
    await desk.run['run:cancel']({ ticket: before.ticket }, desk.first);
    expect(await endOf(desk.first, before)).toMatchObject({ end: { state: 'cancelled' } });
    expect(await endOf(desk.first, after)).toMatchObject({ end: { state: 'done' } });
  });

  it('is refused for a document with problems, as data', async () => {
    const started = await desk.start(testDocument({ bad: { from: ['nowhere'] } }));
    const { end } = await endOf(desk.first, started);
    expect(end).toMatchObject({
      state: 'refused',
      problems: [
        { code: 'edge-dangling', node: 'bad' },
        { code: 'input-missing', node: 'bad' },
      ],
    });
  });

  it('goes on when its window goes', async () => {
    const started = await desk.start(long);
    await untilHeld(desk.first);
    desk.clients.remove(desk.first);
    desk.opened.delete('first');
    await desk.runGroup.clientGone?.(desk.first);
    await desk.run['run:cancel'](started, desk.second);
    expect(await endOf(desk.second, started)).toMatchObject({ end: { state: 'cancelled' } });
    expect(desk.first.all('run:ended')).toEqual([]);
  });

  it('ends with the node and the cause when its engine is killed; the next one starts afresh', async () => {
    const started = await desk.start(long);
    process.kill(await untilHeld(desk.first), 'SIGKILL');
    expect(await endOf(desk.first, started)).toMatchObject({ end: { state: 'failed' } });
    const found = eventsOf(desk.first).find((event) => event.type === 'problem');
    expect(found).toMatchObject({ node: 'held', problem: { code: 'engine-died', values: { signal: 'SIGKILL' } } });
    expect(await endOf(desk.first, await desk.start(short))).toMatchObject({ end: { state: 'done' } });
    expect(desk.faults).toEqual([]);
  });

  it('is cancelled when the host closes', async () => {
    const started = await desk.start(long);
    await untilHeld(desk.first);
    await desk.runGroup.close?.();
    expect(await endOf(desk.first, started)).toMatchObject({ end: { state: 'cancelled' } });
  });

  it('of a document that is not open is refused', async () => {
    const ask = { id: 'other', document: short };
    await expect(desk.run['run:start'](ask, desk.first)).rejects.toThrow(ProblemError);
  });
});

describe('what was run', () => {
  it('is in the history, with its events and its document', async () => {
    await endOf(desk.first, await desk.start(short));
    const [run] = await desk.run['run:history']({ id: 'd' }, desk.first);
    expect(run).toMatchObject({ name: 'a.yard', state: 'done' });
    const ask = { run: run?.run ?? '' };
    expect((await desk.run['run:read'](ask, desk.first)).events.at(-1)?.type).toBe('run-finished');
    expect(await desk.run['run:document'](ask, desk.first)).toMatchObject({ format: 'modelyard' });
  });

  it.each(['', '..', '../../etc', 'r-20260101-000000-0000'])('is not found under “%s”', async (run) => {
    await expect(desk.run['run:read']({ run }, desk.first)).rejects.toThrow('run-not-found');
    await expect(desk.run['run:document']({ run }, desk.first)).rejects.toThrow('run-not-found');
  });
});

describe('a store that is changed during a run', () => {
  it('is used by the next run; the one under way ends where it began', async () => {
    const old = desk.choice.store;
    const before = await desk.start(long);
    const pid = await untilHeld(desk.first);
    desk.choice.store = join(desk.folder, 'other');
    const after = await desk.start(short);
    expect(await endOf(desk.first, after)).toMatchObject({ end: { state: 'done' } });
    expect(existsSync(join(desk.folder, 'other', 'runs'))).toBe(true);
    await desk.run['run:cancel'](before, desk.first);
    const { end } = await endOf(desk.first, before);
    expect(end?.state !== 'refused' && existsSync(join(old, 'runs', end?.run ?? ''))).toBe(true);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});

describe('looking', () => {
  it('answers what a plan would do, and ends for a window that goes', async () => {
    const { steps } = await desk.looks.handlers['document:plan']({ id: 'd', document: short }, desk.first);
    expect(steps).toMatchObject([{ node: 'one', state: 'run' }]);
    const asked = desk.looks.handlers['document:probe']({ id: 'd', document: short, quick: false }, desk.first);
    const refused = expect(asked).rejects.toThrow('request-cancelled');
    await desk.looks.clientGone?.(desk.first);
    await refused;
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
