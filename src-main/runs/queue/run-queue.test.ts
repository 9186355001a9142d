import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../../src-shared/problem';
import { testDocument } from '../../engine/test-engine';
import { FaultyFs } from '../../files/faulty-fs';
import { realFs } from '../../files/fs-port';
import { thisProcess } from '../../files/process-owner';
import { RunQueue, type Taken } from './run-queue';

let store: string;
let queue: RunQueue;
beforeEach(() => {
  store = mkdtempSync(join(tmpdir(), 'queue-'));
  queue = new RunQueue(realFs, store);
});
afterEach(() => rmSync(store, { recursive: true, force: true }));

const file = () => join(store, 'queue', 'queue.ndjson');
const ask = (name: string, value = 1) => {
  return { document: testDocument({ one: { params: { value } } }), base: '/documents', name };
};
const dead = { pid: 999_999_999, started: '1', host: hostname() };
const lookup = () => undefined;

async function add(...names: readonly string[]) {
  for (const name of names) await queue.enqueue(ask(name));
}

async function states(of = queue): Promise<string[]> {
  return (await of.list()).entries.map(({ name, state }) => `${name} ${state}`);
}

function nameOf(taken: Taken): string {
  return typeof taken === 'string' ? taken : taken.name;
}

describe('a run queue', () => {
  it('gives runs in order, one at a time, and remembers how they ended', async () => {
    await add('a', 'b');
    expect(nameOf(await queue.take())).toBe('a');
    expect(await queue.take()).toBe('busy');
    await queue.end('1', { state: 'done', run: 'r-1' });
    expect(nameOf(await queue.take())).toBe('b');
    await queue.end('2', { state: 'failed', problems: [{ code: 'engine-missing', severity: 'error' }] });
    expect(await queue.take()).toBe('empty');
    const { entries } = await new RunQueue(realFs, store).list();
    expect(entries).toMatchObject([
      { id: '1', state: 'done', run: 'r-1' },
      { id: '2', state: 'failed', problems: [{ code: 'engine-missing' }] },
    ]);
  });

  it('never gives one run to two processes', async () => {
    await add('a', 'b', 'c');
    const other = new RunQueue(realFs, store, { ...thisProcess(), pid: process.ppid, started: '' });
    const taken = await Promise.all([queue.take(), other.take(), queue.take(), other.take()]);
    expect(taken.map(nameOf).sort()).toEqual(['a', 'busy', 'busy', 'busy']);
  });

  it('gives a run again whose process died, before those behind it', async () => {
    await add('a', 'b');
    await new RunQueue(realFs, store, dead).take();
    expect(await states()).toEqual(['a running', 'b waiting']);
    expect(await queue.take()).toMatchObject({ name: 'a', starts: 2 });
  });

  it('gives up a run that took its process with it five times', async () => {
    await add('a', 'b');
    for (let n = 0; n < 5; n++) await new RunQueue(realFs, store, dead).take();
    expect(nameOf(await queue.take())).toBe('b');
    expect((await queue.list()).entries[0]).toMatchObject({ state: 'failed', problems: [{ code: 'queue-gave-up' }] });
  });

  it('reorders and cancels what waits; one that runs is asked to stop', async () => {
    await add('a', 'b', 'c', 'd');
    await queue.take();
    await queue.move('4', 0);
    await queue.cancel('2');
    await queue.cancel('1');
    expect(await states()).toEqual(['a running', 'd waiting', 'b cancelled', 'c waiting']);
    expect((await queue.list()).entries[0]).toMatchObject({ isStopping: true });
    await expect(queue.move('1', 0)).rejects.toMatchObject({ problem: { code: 'queue-not-waiting' } });
    await expect(queue.cancel('9')).rejects.toMatchObject({ problem: { code: 'queue-no-entry' } });
    await queue.end('1', 'released');
    expect(nameOf(await queue.take())).toBe('d');
    await queue.end('4', 'released');
    await queue.clear();
    expect(await states()).toEqual(['a cancelled', 'd cancelled', 'b cancelled', 'c cancelled']);
  });

  it('keeps the document as it was, and no secret', async () => {
    const secrets = { KEY: 'do-not-write' };
    const entry = await queue.enqueue({ ...ask('a', 7), ...{ secrets } });
    expect((await queue.askOf(entry, lookup)).document.nodes.one?.params.value).toBe(7);
    const folder = join(store, 'queue', 'documents');
    const [name = ''] = readdirSync(folder);
    expect(readFileSync(file(), 'utf8') + readFileSync(join(folder, name), 'utf8')).not.toContain('do-not-write');
    writeFileSync(join(folder, name), readFileSync(join(folder, name), 'utf8').replace('"value":7', '"value":8'));
    await expect(queue.askOf(entry, lookup)).rejects.toMatchObject({ problem: { code: 'queue-document-lost' } });
  });
});

describe('the file of a run queue', () => {
  it('loses a line that was cut while it was written, and goes on behind the one before', async () => {
    await add('a');
    appendFileSync(file(), 'sha256:0123 {"type":"enq');
    expect(await queue.list()).toMatchObject({ entries: [{ name: 'a' }], problems: [] });
    await add('b');
    expect(await states()).toEqual(['a waiting', 'b waiting']);
    expect(readFileSync(file(), 'utf8')).not.toContain('0123 ');
  });

  it('passes over a damaged line, says so, and keeps it beside', async () => {
    await add('a', 'b', 'c');
    const lines = readFileSync(file(), 'utf8').split('\n');
    writeFileSync(file(), [lines[0], lines[1]?.replace('"b"', '"x"'), 'garbage', lines[2], ''].join('\n'));
    const { entries, problems } = await queue.list();
    expect(entries.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(problems).toMatchObject([{ code: 'queue-damaged', values: { lines: 2 } }]);
    await add('d');
    expect(await states()).toEqual(['a waiting', 'c waiting', 'd waiting']);
    expect((await queue.list()).entries.map(({ id }) => id)).toEqual(['1', '3', '4']);
    expect(readFileSync(`${file()}.damaged`, 'utf8')).toContain('garbage');
  });

  it('stays short, and documents that nobody needs go', async () => {
    for (let n = 0; n < 60; n++) await queue.enqueue(ask(`n${n}`, n));
    await queue.clear();
    await add('last');
    appendFileSync(file(), 'torn');
    await add('behind');
    const { entries } = await queue.list();
    expect(entries).toHaveLength(52);
    expect(entries.at(-1)).toMatchObject({ id: '62', name: 'behind' });
    expect(readdirSync(join(store, 'queue', 'documents')).length).toBeLessThanOrEqual(51);
  });

  it.each(['ENOSPC', 'EIO', 'short-write'] as const)(
    'never loses what it had where the disk says %s',
    async (fault) => {
      await add('a', 'b');
      for (let at = 1; at < 40; at++) {
        const fs = new FaultyFs(realFs, { at, fault, lasting: false });
        const before = await states();
        const failed = await new RunQueue(fs, store).enqueue(ask(`at ${at}`)).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (failed !== undefined) expect(failed).toBeInstanceOf(ProblemError);
        const after = await states();
        expect(after.slice(0, before.length)).toEqual(before);
        if (failed === undefined) expect(after.at(-1)).toBe(`at ${at} waiting`);
      }
    },
  );

  it('reads any bytes without a fault', async () => {
    await add('a');
    const whole = readFileSync(file());
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.uint8Array({ maxLength: 80 }), async (cut, more) => {
        writeFileSync(file(), Buffer.concat([whole.subarray(0, cut), more]));
        expect((await queue.list()).entries.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100 },
    );
  });
});
