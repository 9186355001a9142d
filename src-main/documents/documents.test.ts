import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serialize } from '../../src-shared/document/save';
import { documentOf, openMachine, seedPatch, type TestMachine, TestWindow } from './test-documents';

let machine: TestMachine;
beforeEach(async () => {
  machine = await openMachine();
});
afterEach(() => machine.remove());

async function yardFile(name = 'a.yard', seed = 1): Promise<string> {
  const path = join(machine.home, name);
  await writeFile(path, serialize(documentOf(seed)));
  return path;
}

describe('opening and saving', () => {
  it('gives a window the same handle when it opens a file twice, with its edits', async () => {
    const window = new TestWindow('w1', machine.host());
    const path = await yardFile();
    const first = await window.ask('document:open', { path });
    expect(first).toMatchObject({ path, name: 'a.yard', base: machine.home, document: documentOf(1), problems: [] });
    await window.ask('document:edit', { id: first.id, label: 'Seed', patches: seedPatch(2) });
    const again = await window.ask('document:open', { path });
    expect(again).toMatchObject({ id: first.id, edited: true, document: documentOf(2) });
  });

  it('saves where the document lies, and as a new file only where none is', async () => {
    const host = machine.host();
    const window = new TestWindow('w1', host);
    const path = await yardFile();
    const { id } = await window.ask('document:open', { path });
    await window.ask('document:save', { id, document: documentOf(5) });
    expect(await readFile(path, 'utf8')).toBe(serialize(documentOf(5)));
    const other = await yardFile('b.yard', 9);
    const ask = { id, document: documentOf(6), path: other };
    expect(await window.refusal('document:save', ask)).toMatchObject({ code: 'file-exists' });
    expect(await readFile(other, 'utf8')).toBe(serialize(documentOf(9)));
    await window.ask('document:save', { ...ask, replace: true });
    expect(await readFile(other, 'utf8')).toBe(serialize(documentOf(6)));
    expect(host.place(id)).toEqual({ path: other, name: 'b.yard', base: machine.home });
    expect(host.viewersOf(id)).toEqual([{ client: 'w1', id }]);
  });

  it('refuses to write what could not be opened again', async () => {
    const window = new TestWindow('w1', machine.host());
    const path = await yardFile();
    const { id } = await window.ask('document:open', { path });
    const broken = { ...documentOf(2), nodes: { 'a>b': {} } };
    // A window that is wrong in itself sends this; the type forbids it.
    const document = broken as unknown as ReturnType<typeof documentOf>;
    expect(await window.refusal('document:save', { id, document })).toMatchObject({ code: 'document-shape' });
    expect(await readFile(path, 'utf8')).toBe(serialize(documentOf(1)));
  });

  it('lists recent files, newest first, and marks those that are gone', async () => {
    const window = new TestWindow('w1', machine.host());
    const paths = [await yardFile('a.yard'), await yardFile('b.yard')];
    for (const path of paths) await window.ask('document:open', { path });
    await rm(join(machine.home, 'a.yard'));
    const recent = await window.ask('document:recent', {});
    expect(recent.map(({ name, isMissing }) => [name, isMissing])).toEqual([
      ['b.yard', false],
      ['a.yard', true],
    ]);
    expect(await window.ask('document:forget', { path: join(machine.home, 'a.yard') })).toHaveLength(1);
  });
});

describe('a file that cannot be written back', () => {
  it('opens a newer file for looking only, and never changes its bytes', async () => {
    const window = new TestWindow('w1', machine.host());
    const path = join(machine.home, 'newer.yard');
    const odd = { kind: 'data.csv', version: 1, name: 'odd', params: {}, position: { x: 1, y: 2 } };
    const fine = { kind: 'data.csv', version: 7, name: 'fine', params: {}, position: [0, 0] };
    const bytes = JSON.stringify({ ...documentOf(1), version: 99, nodes: { n1: odd, n2: fine }, hyper: [1] });
    await writeFile(path, bytes);
    const opened = await window.ask('document:open', { path });
    expect(opened.readOnly).toMatchObject({ code: 'file-newer', values: { version: 99 } });
    expect(Object.keys(opened.document.nodes)).toEqual(['n2']);
    const { id, document } = opened;
    await window.ask('document:edit', { id, label: 'Seed', patches: seedPatch(2) });
    expect(await window.refusal('document:save', { id, document, replace: true })).toMatchObject({
      code: 'file-newer',
    });
    expect((await window.ask('document:takeOver', { id })).readOnly).toMatchObject({ code: 'file-newer' });
    expect(await window.refusal('document:save', { id, document, path, replace: true })).toMatchObject({
      code: 'file-newer',
    });
    expect(await readFile(path, 'utf8')).toBe(bytes);
  });

  it('opens what may not be written to for looking only, and saves it elsewhere', async () => {
    const window = new TestWindow('w1', machine.host());
    const path = await yardFile();
    await chmod(path, 0o444);
    const { id, readOnly } = await window.ask('document:open', { path });
    expect(readOnly).toMatchObject({ code: 'file-write-protected', values: { path } });
    expect(await window.refusal('document:save', { id, document: documentOf(2) })).toMatchObject({
      code: 'file-write-protected',
    });
    const copy = join(machine.home, 'copy.yard');
    await window.ask('document:save', { id, document: documentOf(2), path: copy });
    await window.ask('document:save', { id, document: documentOf(3) });
    expect(await readFile(copy, 'utf8')).toBe(serialize(documentOf(3)));
    expect(await readFile(path, 'utf8')).toBe(serialize(documentOf(1)));
  });

  it('writes through a link', async () => {
    const window = new TestWindow('w1', machine.host());
    const path = await yardFile();
    const link = join(machine.home, 'link.yard');
    await symlink(path, link);
    const { id } = await window.ask('document:open', { path: link });
    await window.ask('document:save', { id, document: documentOf(2) });
    expect(await readFile(path, 'utf8')).toBe(serialize(documentOf(2)));
  });
});

const names = [
  'plain.yard',
  '数字识别.yard',
  'emoji 🐧🧪.yard',
  'صورة.yard',
  '\u202Ertl.yard',
  'e\u0301tude.yard',
  '\u00E9tude.yard',
  ' leading and trailing .yard',
  'a#b?c%20&d;e\'f"g.yard',
  'con.yard',
  '-rf.yard',
  'no-ending',
  '...yard',
  'line\nbreak.yard',
  `${'x'.repeat(250)}.yard`,
  `${'数'.repeat(83)}.yard`,
];

describe('names', () => {
  it.each(names)('saves and opens %j', async (name) => {
    const window = new TestWindow('w1', machine.host());
    const path = join(machine.home, name);
    const { id } = await window.ask('document:create', {});
    await window.ask('document:save', { id, document: documentOf(3), path });
    await window.ask('document:save', { id, document: documentOf(4) });
    await window.ask('document:close', { id, keepEdits: false });
    expect(await readdir(machine.home)).toEqual([name]);
    const opened = await window.ask('document:open', { path });
    expect(opened).toMatchObject({ name, path, document: documentOf(4) });
    expect(opened.readOnly).toBeUndefined();
  });

  it('says so where a name is too long or a folder is missing', async () => {
    const window = new TestWindow('w1', machine.host());
    const { id } = await window.ask('document:create', {});
    const save = (path: string) => window.refusal('document:save', { id, document: documentOf(1), path });
    expect(await save(join(machine.home, `${'x'.repeat(251)}.yard`))).toMatchObject({ code: 'path-too-long' });
    expect(await save(join(machine.home, 'nowhere', 'a.yard'))).toMatchObject({ code: 'file-not-found' });
    expect(await save(machine.home)).toMatchObject({ code: 'is-a-folder' });
    expect(await save('relative.yard')).toMatchObject({ code: 'path-invalid' });
  });
});

describe('examples', () => {
  it('open as documents without a file, with their data, and take them along', async () => {
    const window = new TestWindow('w1', machine.host());
    const examples = await window.ask('document:examples', {});
    expect(examples.map(({ name }) => name)).toEqual(['digits-cnn', 'digits-fast', 'penguins', 'penguins-two-targets']);
    for (const { title, summary } of examples) expect(title.zh + summary.zh).toMatch(/\p{Script=Han}/u);
    const opened = await window.ask('document:openExample', { name: 'penguins' });
    expect(opened.path).toBeUndefined();
    expect(opened.name).toBe('Penguins');
    expect(await readdir(join(opened.base, 'data'))).toEqual(['penguins.csv']);
    const path = join(machine.home, 'mine.yard');
    const saved = await window.ask('document:save', { id: opened.id, document: opened.document, path });
    expect(saved).toEqual({ path, name: 'mine.yard', base: machine.home });
    expect((await readFile(join(machine.home, 'data', 'penguins.csv'))).length).toBeGreaterThan(10_000);
  });

  it('gives data another name where another file is in its place', async () => {
    const window = new TestWindow('w1', machine.host());
    const { id, document } = await window.ask('document:openExample', { name: 'penguins' });
    await mkdir(join(machine.home, 'data'));
    await writeFile(join(machine.home, 'data', 'penguins.csv'), 'mine');
    const saved = await window.ask('document:save', { id, document, path: join(machine.home, 'mine.yard') });
    expect(saved.document?.nodes.n1?.params.file).toBe('data/penguins-2.csv');
    expect(await readFile(join(machine.home, 'data', 'penguins.csv'), 'utf8')).toBe('mine');
  });
});

describe('saving elsewhere', () => {
  it('leads to the same files from the new folder', async () => {
    const window = new TestWindow('w1', machine.host());
    const node = (file: string) => ({ kind: 'data.csv', version: 1, name: `n${file.length}`, params: { file } });
    const at = (file: string) => ({ ...node(file), position: [0, 0] as const });
    await mkdir(join(machine.home, 'one'));
    await mkdir(join(machine.home, 'two'));
    const other = {
      kind: 'unknown.kind',
      version: 1,
      name: 'other',
      params: { file: 'x.csv' },
      position: [0, 0] as const,
    };
    const document = documentOf(1, { nodes: { a: at('x.csv'), b: at('/abs/olute.csv'), c: at(''), d: other } });
    const path = join(machine.home, 'one', 'a.yard');
    await writeFile(path, serialize(document));
    const { id } = await window.ask('document:open', { path });
    const saved = await window.ask('document:save', { id, document, path: join(machine.home, 'two', 'a.yard') });
    const files = Object.values(saved.document?.nodes ?? {}).map(({ params }) => params.file);
    expect(files).toEqual(['../one/x.csv', '/abs/olute.csv', '', 'x.csv']);
    const far = dirname(dirname(dirname(machine.home)));
    const again = await window.ask('document:save', {
      id,
      document: saved.document ?? document,
      path: join(far, 'far.yard'),
    });
    expect(again.document?.nodes.a?.params.file).toBe('home/somebody/work/one/x.csv');
  });
});
