import { mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serialize } from '../../src-shared/document/save';
import { safeName } from './file-import';
import { pathFrom } from './relative-path';
import { documentOf, openMachine, seedPatch, type TestMachine, TestWindow } from './test-documents';

let machine: TestMachine;
let window: TestWindow;
let id: string;
beforeEach(async () => {
  machine = await openMachine();
  window = new TestWindow('w1', machine.host());
  const path = join(machine.home, 'a.yard');
  await writeFile(path, serialize(documentOf(1)));
  ({ id } = await window.ask('document:open', { path }));
});
afterEach(() => machine.remove());

describe('what a file is good for', () => {
  const idx = Buffer.from([0, 0, 8, 1, 0, 0, 0, 2, 5, 7]);
  const pipeline = Buffer.from(serialize(documentOf(3)));
  const gbk = Buffer.from([0xc3, 0xfb, 0xd7, 0xd6, 0x2c, 0xc4, 0xea, 0x0a]);
  const cases: [string, Buffer, object][] = [
    ['table.csv', Buffer.from('a,b\n1,2\n'), { kind: 'data', node: 'data.csv', param: 'file', path: 'table.csv' }],
    ['no-ending', Buffer.from('a,b\n1,2\n'), { kind: 'data', node: 'data.csv', param: 'file' }],
    ['chinese.csv', gbk, { kind: 'data', node: 'data.csv' }],
    ['train-labels-idx1-ubyte', idx, { kind: 'data', node: 'data.idx', param: 'images' }],
    ['digits.gz', gzipSync(idx), { kind: 'data', node: 'data.idx' }],
    ['digits.csv', idx, { kind: 'data', node: 'data.idx' }],
    ['other.yard', pipeline, { kind: 'pipeline' }],
    ['pipeline.json', pipeline, { kind: 'pipeline' }],
    ['fake.yard', Buffer.from('a,b\n1,2\n'), { kind: 'data', node: 'data.csv' }],
    [
      'picture.png',
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      { kind: 'unknown', problem: { code: 'file-use-unknown' } },
    ],
    ['binary.csv', Buffer.from([1, 0, 2, 0, 3, 0, 0, 0]), { kind: 'unknown' }],
    ['empty.csv', Buffer.alloc(0), { kind: 'unknown' }],
  ];
  it.each(cases)('%s', async (name, bytes, use) => {
    const path = join(machine.home, name);
    await writeFile(path, bytes);
    expect(await window.ask('file:use', { id, path })).toMatchObject(use);
  });

  it('names the readers there are, and refuses what is no file', async () => {
    const path = join(machine.home, 'x.png');
    await writeFile(path, Buffer.from([0x89, 0x50, 0x4e, 0x47]));
    const use = await window.ask('file:use', { id, path });
    expect(use.kind === 'unknown' && use.problem.values?.endings).toContain('csv, tsv, txt');
    expect(await window.refusal('file:use', { id, path: machine.home })).toMatchObject({ code: 'is-a-folder' });
    expect(await window.refusal('file:use', { id, path: '/dev/null' })).toMatchObject({ code: 'not-a-file' });
  });
});

describe('files from a browser', () => {
  const bring = async (name: string, text: string) =>
    (await window.ask('file:import', { id, name, base64: Buffer.from(text).toString('base64') })).path;

  it('come beside the document, never over another file', async () => {
    expect(await bring('t.csv', 'one')).toBe('t.csv');
    expect(await bring('t.csv', 'two')).toBe('t-2.csv');
    expect(await bring('t.csv', 'one')).toBe('t.csv');
    expect(await readFile(join(machine.home, 't.csv'), 'utf8')).toBe('one');
    expect(await bring('a.yard', 'mine')).toBe('a-2.yard');
  });

  it('stay in the folder whatever they are called', async () => {
    const outside = await readdir(dirname(machine.home));
    for (const name of [
      '../../escaped.csv',
      '/etc/passwd',
      'C:\\x\\y.csv',
      '..',
      '.bashrc',
      'con.csv',
      '数'.repeat(200),
    ]) {
      const path = await bring(name, name);
      expect(path).not.toMatch(/[/\\]/);
      expect(await readFile(join(machine.home, path), 'utf8')).toBe(name);
    }
    expect(await readdir(dirname(machine.home))).toEqual(outside);
    expect(safeName('a\u0000b?.csv')).toBe('a_b_.csv');
    expect(safeName('con.csv')).toBe('_con.csv');
    expect(safeName('...')).toBe('file');
  });
});

describe('folders in a window’s own picker', () => {
  it('show what is allowed, and no link out of it', async () => {
    await mkdir(join(machine.home, 'data'));
    await symlink('/etc', join(machine.home, 'out'));
    await symlink(join(machine.home, 'data'), join(machine.home, 'in'));
    await symlink('/etc/hostname', join(machine.home, 'out.csv'));
    await writeFile(join(machine.home, '.hidden'), '');
    await writeFile(join(machine.home, 'b10.csv'), '12345');
    await writeFile(join(machine.home, 'b9.csv'), '');
    const top = await window.ask('folder:list', {});
    expect(top.path).toBe(machine.home);
    expect(top.entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'folder data',
      'folder in',
      'file a.yard',
      'file b9.csv',
      'file b10.csv',
    ]);
    expect(top.entries.at(-1)?.bytes).toBe(5);
    for (const path of [join(machine.home, 'out'), '/etc', machine.data]) {
      await mkdir(machine.data, { recursive: true });
      expect(await window.refusal('folder:list', { path })).toMatchObject({ code: 'folder-not-allowed' });
    }
  });

  it('show only the ways to what is allowed above it', async () => {
    const { parent } = await window.ask('folder:list', {});
    await mkdir(machine.data, { recursive: true });
    const above = await window.ask('folder:list', { path: parent ?? '' });
    expect(above.entries.map(({ name }) => name)).toEqual(['work']);
  });
});

describe('a path as the document should hold it', () => {
  it.each([
    ['/home/somebody/work', '/home/somebody/work/data/x.csv', 'data/x.csv'],
    ['/home/somebody/work', '/home/somebody/other/x.csv', '../other/x.csv'],
    ['/home/somebody/work', '/home/else/x.csv', '/home/else/x.csv'],
    ['/home/somebody/work', '/mnt/disk/x.csv', '/mnt/disk/x.csv'],
    ['/home/somebody/work', '/home/somebody/work/..x.csv', '..x.csv'],
  ])('%s → %s', (base, path, expected) => {
    expect(pathFrom(base, path)).toBe(expected);
  });

  it('sees through linked folders', async () => {
    await mkdir(join(machine.home, 'data'));
    await symlink(machine.home, join(machine.home, '..', 'linked'));
    const path = join(machine.home, '..', 'linked', 'data', 'x.csv');
    expect(await window.ask('file:relative', { id, path })).toEqual({ path: 'data/x.csv' });
  });
});

describe('folders of drafts', () => {
  const old = new Date(Date.now() - 31 * 24 * 3_600_000);

  it('go after a month, unless edits wait for recovery', async () => {
    const forgotten = await window.ask('document:create', {});
    const edited = await window.ask('document:create', {});
    const open = await window.ask('document:create', {});
    await window.ask('document:edit', { id: edited.id, label: 'Seed', patches: seedPatch(2) });
    for (const { base } of [forgotten, edited, open]) await utimes(base, old, old);
    await window.ask('document:close', { id: forgotten.id, keepEdits: true });
    await window.ask('document:close', { id: edited.id, keepEdits: true });
    const next = machine.host();
    await next.swept;
    const isThere = (path: string) =>
      stat(path).then(
        () => true,
        () => false,
      );
    expect(await isThere(forgotten.base)).toBe(false);
    expect(await isThere(edited.base)).toBe(true);
  });
});
