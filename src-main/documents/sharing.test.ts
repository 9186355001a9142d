import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serialize } from '../../src-shared/document/save';
import { documentOf, openMachine, seedPatch, type TestMachine, TestWindow } from './test-documents';

let machine: TestMachine;
let path: string;
beforeEach(async () => {
  machine = await openMachine();
  path = join(machine.home, 'a.yard');
  await writeFile(path, serialize(documentOf(1)));
});
afterEach(() => machine.remove());

/** Two windows of one host, and two hosts as two processes would be. */
const pairs: [string, () => [TestWindow, TestWindow]][] = [
  [
    'two windows',
    () => {
      const host = machine.host();
      return [new TestWindow('w1', host), new TestWindow('w2', host)];
    },
  ],
  ['two hosts', () => [new TestWindow('w1', machine.host()), new TestWindow('w1', machine.host())]],
];

describe.each(pairs)('%s', (_name, open) => {
  it('let one edit and the other look, until it takes over', async () => {
    const [first, second] = open();
    const mine = await first.ask('document:open', { path });
    const theirs = await second.ask('document:open', { path });
    expect(mine.readOnly).toBeUndefined();
    expect(theirs.readOnly).toMatchObject({ code: 'document-open-elsewhere' });
    expect(await second.refusal('document:save', { id: theirs.id, document: documentOf(7) })).toMatchObject({
      code: 'document-open-elsewhere',
    });
    await first.ask('document:save', { id: mine.id, document: documentOf(2) });
    const taken = await second.ask('document:takeOver', { id: theirs.id });
    expect(taken).toMatchObject({ id: theirs.id, document: documentOf(2) });
    expect(taken.readOnly).toBeUndefined();
    await first.ask('document:edit', { id: mine.id, label: 'Seed', patches: seedPatch(3) });
    expect(await first.hears('document:taken')).toMatchObject({ id: mine.id });
    expect(await first.refusal('document:save', { id: mine.id, document: documentOf(3), replace: true })).toMatchObject(
      {
        code: 'document-open-elsewhere',
      },
    );
    await second.ask('document:save', { id: theirs.id, document: documentOf(4) });
    expect(await readFile(path, 'utf8')).toBe(serialize(documentOf(4)));
  });

  it('keep what was edited while it could only be looked at', async () => {
    const [first, second] = open();
    const mine = await first.ask('document:open', { path });
    const theirs = await second.ask('document:open', { path });
    await second.ask('document:edit', { id: theirs.id, label: 'Seed', patches: seedPatch(9) });
    await first.ask('document:save', { id: mine.id, document: documentOf(2) });
    const taken = await second.ask('document:takeOver', { id: theirs.id });
    expect(taken).toMatchObject({ edited: true, document: documentOf(9) });
    expect(await second.refusal('document:save', { id: theirs.id, document: documentOf(9) })).toMatchObject({
      code: 'file-changed-outside',
    });
  });

  it('do not save over a file that the other has open', async () => {
    const [first, second] = open();
    await first.ask('document:open', { path });
    const { id } = await second.ask('document:create', {});
    const ask = { id, document: documentOf(2), path, replace: true };
    expect(await second.refusal('document:save', ask)).toMatchObject({ code: 'document-open-elsewhere' });
    expect(await readFile(path, 'utf8')).toBe(serialize(documentOf(1)));
  });

  it('give the file back when they close it', async () => {
    const [first, second] = open();
    const mine = await first.ask('document:open', { path });
    await first.ask('document:close', { id: mine.id, keepEdits: false });
    expect((await second.ask('document:open', { path })).readOnly).toBeUndefined();
  });
});

describe('a file that others change', () => {
  it('is told of, and not written over unless asked', async () => {
    const window = new TestWindow('w1', machine.host());
    const { id } = await window.ask('document:open', { path });
    await writeFile(`${path}.new`, serialize(documentOf(50)));
    await rename(`${path}.new`, path);
    expect(await window.hears('document:changedOutside')).toEqual({ id, isMissing: false });
    const ask = { id, document: documentOf(2) };
    expect(await window.refusal('document:save', ask)).toMatchObject({ code: 'file-changed-outside' });
    expect(await readFile(path, 'utf8')).toBe(serialize(documentOf(50)));
    await window.ask('document:save', { ...ask, replace: true });
    expect(await readFile(path, 'utf8')).toBe(serialize(documentOf(2)));
    await window.ask('document:save', { id, document: documentOf(3) });
  });

  it('is told of when it is gone, and written anew', async () => {
    const window = new TestWindow('w1', machine.host());
    const { id } = await window.ask('document:open', { path });
    await rm(path);
    expect(await window.hears('document:changedOutside')).toEqual({ id, isMissing: true });
    await window.ask('document:save', { id, document: documentOf(2) });
    expect(await readFile(path, 'utf8')).toBe(serialize(documentOf(2)));
  });

  it('is not the window’s own save', async () => {
    const window = new TestWindow('w1', machine.host());
    const { id } = await window.ask('document:open', { path });
    for (let seed = 2; seed < 30; seed++) await window.ask('document:save', { id, document: documentOf(seed) });
    await rm(path);
    await window.hears('document:changedOutside');
    expect(window.told).toEqual([{ name: 'document:changedOutside', payload: { id, isMissing: true } }]);
  });
});
