import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serialize } from '../../../src-shared/document/save';
import { listIfThere, realFs } from '../../files/fs-port';
import { documentOf, openMachine, seedPatch, type TestMachine, TestWindow } from '../test-documents';

let machine: TestMachine;
let path: string;
beforeEach(async () => {
  machine = await openMachine();
  path = join(machine.home, 'a.yard');
  await writeFile(path, serialize(documentOf(1)));
});
afterEach(() => machine.remove());

/** A window whose process dies: what it leaves is marked as of a process that is no more. */
async function crashAfter(work: (window: TestWindow) => Promise<unknown>): Promise<void> {
  const window = new TestWindow('crashed', machine.host());
  await work(window);
  await markDead();
}

async function markDead(): Promise<void> {
  for (const folder of ['journals', 'locks']) {
    for (const name of await listIfThere(realFs, join(machine.data, folder))) {
      const file = join(machine.data, folder, name, ...(folder === 'journals' ? ['base.json'] : []));
      const record = JSON.parse(await readFile(file, 'utf8'));
      const dead = { pid: 2 ** 22 + 1 };
      const changed =
        folder === 'journals' ? { ...record, owner: { ...record.owner, ...dead } } : { ...record, ...dead };
      await writeFile(file, JSON.stringify(changed));
    }
  }
}

const edit = (window: TestWindow, id: string, seed: number) =>
  window.ask('document:edit', { id, label: 'Seed', patches: seedPatch(seed) });

async function editAndLeave(window: TestWindow, seeds: readonly number[]): Promise<void> {
  const { id } = await window.ask('document:open', { path });
  await Promise.all(seeds.map((seed) => edit(window, id, seed)));
}

describe('after a crash', () => {
  it('brings back every edit that was answered, and saves it over the same file', async () => {
    await crashAfter((window) => editAndLeave(window, [2, 3, 4]));
    const window = new TestWindow('w1', machine.host());
    const [left, ...others] = await window.ask('recovery:list', {});
    expect(others).toEqual([]);
    expect(left).toMatchObject({ name: 'a.yard', path, edits: 3 });
    const opened = await window.ask('recovery:open', { id: left?.id ?? '' });
    expect(opened).toMatchObject({ path, edited: true, document: documentOf(4) });
    expect(opened.readOnly).toBeUndefined();
    expect(await window.ask('recovery:list', {})).toEqual([]);
    await window.ask('document:save', { id: opened.id, document: opened.document });
    expect(await readFile(path, 'utf8')).toBe(serialize(documentOf(4)));
    expect(await readdir(join(machine.data, 'journals'))).toEqual([]);
  });

  it('can be tried again when the recovered document crashes too, generation after generation', async () => {
    await crashAfter((window) => editAndLeave(window, [2, 3]));
    for (let generation = 0; generation < 8; generation++) {
      const window = new TestWindow('w1', machine.host());
      const [newest] = await window.ask('recovery:list', {});
      const opened = await window.ask('recovery:open', { id: newest?.id ?? '' });
      expect(opened.document.settings.seed).toBe(3 + generation);
      await edit(window, opened.id, 4 + generation);
      await markDead();
    }
    const window = new TestWindow('w1', machine.host());
    const all = await window.ask('recovery:list', {});
    expect(all.map(({ edits }) => edits)).toEqual([10, 9, 8, 7, 6]);
    const oldest = await window.ask('recovery:open', { id: all.at(-1)?.id ?? '' });
    expect(oldest.document.settings.seed).toBe(7);
    await window.ask('recovery:discard', { id: all[0]?.id ?? '' });
    expect(await window.ask('recovery:list', {})).toEqual([]);
    expect(await window.refusal('recovery:discard', { id: all.at(-1)?.id ?? '' })).toMatchObject({
      code: 'recovery-in-use',
    });
  });

  it('offers an untouched recovered document once, not twice', async () => {
    await crashAfter((window) => editAndLeave(window, [2]));
    await crashAfter(async (window) => {
      const [left] = await window.ask('recovery:list', {});
      await window.ask('recovery:open', { id: left?.id ?? '' });
    });
    const window = new TestWindow('w1', machine.host());
    const list = await window.ask('recovery:list', {});
    expect(list).toHaveLength(1);
    await window.ask('recovery:discard', { id: list[0]?.id ?? '' });
    expect(await window.ask('recovery:list', {})).toEqual([]);
  });

  it('asks before it replaces a file that changed since', async () => {
    await crashAfter((window) => editAndLeave(window, [2]));
    await writeFile(path, serialize(documentOf(77)));
    const window = new TestWindow('w1', machine.host());
    const [left] = await window.ask('recovery:list', {});
    const { id, document } = await window.ask('recovery:open', { id: left?.id ?? '' });
    expect(await window.refusal('document:save', { id, document })).toMatchObject({ code: 'file-changed-outside' });
  });
});

describe('recovered edits and their file', () => {
  it('bring back a file that is gone, and never replace one of a newer format', async () => {
    await crashAfter((window) => editAndLeave(window, [2]));
    await rm(path);
    const window = new TestWindow('w1', machine.host());
    const [left] = await window.ask('recovery:list', {});
    const { id, document, readOnly } = await window.ask('recovery:open', { id: left?.id ?? '' });
    expect(readOnly).toBeUndefined();
    await window.ask('document:save', { id, document });
    await window.ask('document:close', { id, keepEdits: false });
    const newer = JSON.stringify({ ...documentOf(1), version: 99 });
    await writeFile(path, newer);
    await crashAfter((other) => editAndLeave(other, [3]));
    const [kept] = await window.ask('recovery:list', {});
    const opened = await window.ask('recovery:open', { id: kept?.id ?? '' });
    expect(opened).toMatchObject({ readOnly: { code: 'file-newer' }, document: { settings: { seed: 3 } } });
    expect(await readFile(path, 'utf8')).toBe(newer);
  });

  it('say where their record is damaged, and bring back what came before', async () => {
    await crashAfter((window) => editAndLeave(window, [2, 3]));
    const [journal = ''] = await readdir(join(machine.data, 'journals'));
    const folder = join(machine.data, 'journals', journal);
    const lines = (await readdir(folder)).find((name) => name.startsWith('edits.')) ?? '';
    await appendFile(join(folder, lines), '{"seq":3,"label":"x","patches":[],"checksum":"0"}\n');
    const window = new TestWindow('w1', machine.host());
    const opened = await window.ask('recovery:open', { id: journal });
    expect(opened.problems).toMatchObject([{ code: 'recovery-cut' }]);
    expect(opened.document).toEqual(documentOf(3));
  });
});

describe('after a clean end', () => {
  it('asks nothing, whatever was done before', async () => {
    for (const keepEdits of [true, false]) {
      const window = new TestWindow('w1', machine.host());
      const opened = await window.ask('document:open', { path });
      await edit(window, opened.id, 5);
      await window.ask('document:save', { id: opened.id, document: documentOf(5 + Number(keepEdits)) });
      await window.ask('document:close', { id: opened.id, keepEdits });
      const draft = await window.ask('document:create', {});
      await edit(window, draft.id, 5);
      await window.ask('document:close', { id: draft.id, keepEdits: false });
      await window.ask('document:close', { id: (await window.ask('document:create', {})).id, keepEdits: true });
      expect(await window.ask('recovery:list', {})).toEqual([]);
    }
    expect(await readdir(join(machine.data, 'journals'))).toEqual([]);
  });

  it('keeps edits that are to be kept, also those of a window that is just gone', async () => {
    const host = machine.host();
    const [window, other] = [new TestWindow('w1', host), new TestWindow('w2', host)];
    const { id } = await window.ask('document:open', { path });
    await edit(window, id, 2);
    const draft = await window.ask('document:create', {});
    await edit(window, draft.id, 3);
    expect(await other.ask('recovery:list', {})).toEqual([]);
    await window.ask('document:close', { id, keepEdits: true });
    await host.clientGone(window.client);
    const left = await other.ask('recovery:list', {});
    expect(left.map(({ name, edits }) => [name, edits]).sort()).toEqual([
      ['Untitled', 1],
      ['a.yard', 1],
    ]);
  });
});

describe('a window that outlived its host', () => {
  it('goes on with the same document, its journal and its file', async () => {
    const first = new TestWindow('w1', machine.host());
    const { id, ...opened } = await first.ask('document:open', { path });
    await edit(first, id, 2);
    await markDead();
    const window = new TestWindow('w1', machine.host());
    const place = { path, name: opened.name, base: opened.base };
    expect(await window.ask('document:attach', { id, document: documentOf(3), ...place })).toEqual({ id });
    await edit(window, id, 4);
    await markDead();
    const next = new TestWindow('w2', machine.host());
    const [left] = await next.ask('recovery:list', {});
    expect(left).toMatchObject({ id, path });
    const again = new TestWindow('w1', machine.host());
    await again.ask('document:attach', { id, document: documentOf(4), ...place });
    await again.ask('document:save', { id, document: documentOf(4) });
    expect(await readFile(path, 'utf8')).toBe(serialize(documentOf(4)));
  });

  it('does not save over a file that changed while there was no host', async () => {
    const first = new TestWindow('w1', machine.host());
    const { id, name, base, document } = await first.ask('document:open', { path });
    await markDead();
    await writeFile(path, serialize(documentOf(9)));
    const window = new TestWindow('w1', machine.host());
    await window.ask('document:attach', { id, document, path, name, base });
    expect(await window.refusal('document:save', { id, document: documentOf(2) })).toMatchObject({
      code: 'file-changed-outside',
    });
  });

  it('keeps a document that has no file, in a folder of drafts and nowhere else', async () => {
    const first = new TestWindow('w1', machine.host());
    const { id, name, base } = await first.ask('document:create', {});
    const window = new TestWindow('w1', machine.host());
    const ask = { id, name, document: documentOf(2) };
    expect(await window.refusal('document:attach', { ...ask, base: machine.home })).toMatchObject({
      code: 'path-invalid',
    });
    expect(await window.ask('document:attach', { ...ask, base })).toEqual({ id });
  });
});

describe('edits', () => {
  it('that reach for a prototype are refused, and change nothing', async () => {
    const window = new TestWindow('w1', machine.host());
    const { id } = await window.ask('document:open', { path });
    const value = JSON.parse('{"__proto__":{"isAdmin":true}}');
    for (const patch of [
      { op: 'replace', path: ['__proto__', 'isAdmin'], value: true } as const,
      { op: 'add', path: ['nodes', 'constructor', 'prototype'], value: {} } as const,
      { op: 'add', path: ['nodes', 'n1'], value } as const,
    ]) {
      const ask = { id, label: 'Bad', patches: [patch] };
      expect(await window.refusal('document:edit', ask)).toMatchObject({ code: 'edit-refused' });
    }
    expect({}).not.toHaveProperty('isAdmin');
    expect(await window.ask('document:open', { path })).toMatchObject({ document: documentOf(1) });
  });

  it('that do not fit the document are refused', async () => {
    const window = new TestWindow('w1', machine.host());
    const { id } = await window.ask('document:open', { path });
    const patches = [{ op: 'replace', path: ['nodes', 'nowhere', 'name'], value: 'x' } as const];
    expect(await window.refusal('document:edit', { id, label: 'Bad', patches })).toMatchObject({
      code: 'edit-out-of-step',
    });
  });
});
