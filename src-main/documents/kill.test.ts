import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serialize } from '../../src-shared/document/save';
import { documentOf, openMachine, type TestMachine, TestWindow } from './test-documents';

let machine: TestMachine;
let program: string;
beforeAll(async () => {
  machine = await openMachine();
  program = join(machine.home, '..', 'saving.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'test-saving-process.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {
      js: "import { createRequire as __require } from 'node:module'; const require = __require(import.meta.url);",
    },
  });
});
afterAll(() => machine.remove());

const kills = Number(process.env.MODELYARD_KILLS ?? 50);

interface Answered {
  edited: number;
  saved: number;
}

/** Lets the process work until it has answered so often, then kills it at once. */
async function workAndKill(path: string, first: number, answers: number): Promise<Answered> {
  const child: ChildProcess = fork(program, [machine.data, path, String(first)], { execArgv: [] });
  const answered = { edited: first - 1, saved: 0 };
  let left = answers;
  child.on('message', (message: Partial<Answered>) => {
    Object.assign(answered, message);
    left -= 1;
    if (left === 0) child.kill('SIGKILL');
  });
  const [code, signal] = await once(child, 'exit');
  expect([code, signal]).toEqual([null, 'SIGKILL']);
  return answered;
}

it(`loses no answered edit and damages no file in ${kills} kills`, async () => {
  const path = join(machine.home, 'a.yard');
  await writeFile(path, serialize(documentOf(0)));
  let next = 1;
  for (let kill = 0; kill < kills; kill++) {
    // The answers are counted, the moment after them is chance: the process works on until the signal comes.
    const { edited, saved } = await workAndKill(path, next, 1 + ((kill * 7) % 11));
    const onDisk = JSON.parse(await readFile(path, 'utf8')).settings.seed;
    expect(await readFile(path, 'utf8')).toBe(serialize(documentOf(onDisk)));
    expect(onDisk).toBeGreaterThanOrEqual(saved);
    const host = machine.host();
    const window = new TestWindow('w1', host);
    const left = await window.ask('recovery:list', {});
    expect(left.length).toBeLessThanOrEqual(1);
    const recovered = left[0] ? await window.ask('recovery:open', { id: left[0].id }) : undefined;
    const newest = Math.max(onDisk, recovered?.document.settings.seed ?? 0);
    expect(newest).toBeGreaterThanOrEqual(edited);
    if (recovered) {
      expect(recovered.readOnly).toBeUndefined();
      await window.ask('document:save', { id: recovered.id, document: recovered.document });
    }
    await host.close();
    next = newest + 1;
  }
  const later = Date.now() + 120_000;
  const host = machine.host({ now: () => later });
  await host.swept;
  const window = new TestWindow('w1', host);
  await window.ask('document:open', { path });
  expect(await window.ask('recovery:list', {})).toEqual([]);
  expect(await readdir(machine.home)).toEqual(['a.yard']);
});

it('gives a file up to another process that takes it over', async () => {
  const path = join(machine.home, 'shared.yard');
  await writeFile(path, serialize(documentOf(0)));
  const child = fork(program, [machine.data, path, '1'], { execArgv: [], silent: true });
  const told: unknown[] = [];
  child.on('message', (message: { told?: string }) => void (message.told && told.push(message.told)));
  const exit = once(child, 'exit');
  await once(child, 'message');
  const window = new TestWindow('w1', machine.host());
  const opened = await window.ask('document:open', { path });
  expect(opened.readOnly).toMatchObject({ code: 'document-open-elsewhere' });
  const taken = await window.ask('document:takeOver', { id: opened.id });
  expect(taken.readOnly).toBeUndefined();
  expect(await exit).toEqual([1, null]);
  expect(told).toEqual(['document:taken']);
});
