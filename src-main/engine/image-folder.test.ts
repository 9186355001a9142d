import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { imageFolder } from '../../src-shared/nodes/data/image-folder';
import { readImages } from '../../src-shared/nodes/data/read-images';
import type { ProbeContext } from '../../src-shared/nodes/define-node';
import { explainProblem } from '../../src-shared/problems/sentences';
import type { TabularValue } from '../../src-shared/runs/values';
import type { SourceFacts } from '../../src-shared/types/source-facts';
import { openBlock } from './tables/open-block';
import { PieceCache } from './tables/piece-cache';
import { openTestTables, type TestTables } from './tables/test-tables';

let test: TestTables;
beforeEach(() => {
  test = openTestTables();
});
afterEach(() => test.close());

const params = { folder: 'data', size: [2, 3], channels: 'colour', fit: 'stretch' } as const;

/** An image of one colour. */
async function put(name: string, colour: string, [height, width] = [4, 6] as readonly [number, number]): Promise<void> {
  const image = sharp({ create: { height, width, channels: 3, background: colour } });
  await write(name, await image.toFormat(name.endsWith('.jpg') ? 'jpeg' : 'png').toBuffer());
}

async function write(name: string, bytes: Uint8Array | string): Promise<void> {
  const path = join(test.folder, 'data', name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, bytes);
}

async function read(more: object = {}): Promise<TabularValue> {
  const outputs = await imageFolder.execute?.({}, { ...params, ...more } as never, test.ctx);
  // The node declares the one output `table`.
  return (outputs as unknown as { table: TabularValue }).table;
}

async function probe(isQuick: boolean): Promise<SourceFacts | undefined> {
  const { files, images, signal } = test.ctx;
  // It asks for nothing else.
  const context = { files, images, signal, isQuick } as unknown as ProbeContext;
  return imageFolder.probe?.(params as never, context);
}

async function rowsOf(value: TabularValue) {
  const open = await test.tables.open(value);
  const images = await (await open.block('image')).all();
  const names = await open.rows([...Array(value.source.rows).keys()]);
  const labels = [...(await open.read('label'))];
  await open.close();
  return { images, labels, files: names.map(({ file }) => file) };
}

describe('data.imageFolder', () => {
  it('gives images of one size, their classes and their names, in order of the names', async () => {
    await put('猫 咪/b.png', '#ff0000', [40, 30]);
    await put('猫 咪/a..1.jpg', '#0000ff');
    await put('dog/deep/1.PNG'.toLowerCase(), '#00ff00', [1, 1]);
    const value = await read();
    expect(value.source).toMatchObject({
      rows: 3,
      columns: [
        { name: 'image', type: { shape: [2, 3, 3], dtype: 'uint8' }, role: 'feature' },
        { name: 'label', role: 'target', classes: ['dog', '猫 咪'] },
        { name: 'file', role: 'id' },
      ],
    });
    const { images, labels, files } = await rowsOf(value);
    expect(files).toEqual(['dog/deep/1.png', '猫 咪/a..1.jpg', '猫 咪/b.png']);
    expect(labels).toEqual([0, 1, 1]);
    expect([...images.subarray(0, 3)]).toEqual([0, 255, 0]);
    expect([...images.subarray(36, 39)]).toEqual([255, 0, 0]);
    expect(images.length).toBe(3 * 18);
    expect(test.events.at(-1)).toMatchObject({ type: 'progress', done: 3, total: 3, unit: 'images' });
  });

  it('says columns and rows at once, and exactly when it has looked at every file', async () => {
    await put('cat/1.png', '#fff');
    await write('cat/2.png', 'no image');
    const value = await read();
    expect(await probe(true)).toMatchObject({ rows: 2, exact: false, columns: value.source.columns });
    expect(await probe(false)).toMatchObject({
      rows: 1,
      exact: true,
      columns: value.source.columns,
      problems: [{ code: 'image-folder-one-class' }, { code: 'images-not-an-image', values: { files: 'cat/2.png' } }],
    });
    const facts = await probe(false);
    const inferred = imageFolder.infer?.({}, params as never, { seed: 0, ...(facts ? { facts } : {}) });
    expect(inferred?.outputs?.table).toMatchObject({ columns: value.source.columns, rows: value.source.rows });
  });

  it('names what it sets aside, and goes on with the rest', async () => {
    for (const name of ['cat/1.png', 'dog/1.png', 'beside.png']) await put(name, '#123456');
    await write('cat/empty.png', '');
    await write('dog/text.jpg', 'hello');
    const whole = await sharp({ create: { height: 90, width: 90, channels: 3, background: '#456' } })
      .jpeg()
      .toBuffer();
    await write('dog/cut.jpg', whole.subarray(0, whole.length - 60));
    const { images, files } = await rowsOf(await read());
    expect(files).toEqual(['cat/1.png', 'dog/1.png']);
    expect([...images.subarray(18, 21)]).toEqual([0x12, 0x34, 0x56]);
    const told = test.events.flatMap((event) => (event.type === 'problem' ? [event.problem] : []));
    expect(told.map(({ code, severity, values }) => [code, severity, values?.files])).toEqual([
      ['images-empty', 'warning', 'cat/empty.png'],
      ['images-not-an-image', 'warning', 'dog/text.jpg'],
      ['images-damaged', 'warning', 'dog/cut.jpg'],
    ]);
    for (const problem of told) expect(explainProblem(problem, 'zh').text).toContain(String(problem.values?.files));
    expect((await probe(true))?.problems).toMatchObject([
      { code: 'image-folder-mixed', values: { files: 'beside.png' } },
    ]);
  });
});

describe('a folder of another kind', () => {
  it('has no labels where no folder names one', async () => {
    await put('1.png', '#fff');
    const value = await read({ channels: 'grey' });
    expect(value.source.columns.map(({ name }) => name)).toEqual(['image', 'file']);
    expect(value.source.columns[0]).toMatchObject({ type: { shape: [2, 3, 1] } });
  });

  it('reads through links and from a folder above', async () => {
    await put('../above/cat/1.png', '#fff');
    await put('dog/1.png', '#000');
    await symlink(join(test.folder, 'above', 'cat'), join(test.folder, 'data', 'cat'));
    expect((await rowsOf(await read())).files).toEqual(['cat/1.png', 'dog/1.png']);
    expect((await read({ folder: 'data/../above' })).source.rows).toBe(1);
  });

  it.each([
    ['there is no folder', 'nowhere', 'file-not-found'],
    ['no folder is chosen', '', 'no-file-chosen'],
    ['the folder is a file', 'file.png', 'not-a-folder'],
    ['nothing lies in it', 'bare', 'image-folder-empty'],
    ['no image can be read', 'broken', 'images-none-readable'],
  ])('says so where %s', async (_what, folder, code) => {
    await put('../file.png', '#fff');
    await mkdir(join(test.folder, 'bare', 'cat'), { recursive: true });
    await write('../broken/cat/1.png', 'x');
    await expect(read({ folder })).rejects.toMatchObject({ problem: { code } });
  });
});

describe('reading an image folder', () => {
  it('stops when it is told to, and gives the same table for the same images', async () => {
    for (let i = 0; i < 40; i++) await put(`cat/${i}.png`, '#fff');
    const first = await read();
    await rm(join(test.folder, 'blobs'), { recursive: true });
    expect((await read()).source).toEqual(first.source);
    const stop = new AbortController();
    const stopping = imageFolder.execute?.({}, params as never, { ...test.ctx, signal: stop.signal });
    stop.abort();
    await expect(stopping).rejects.toThrow('aborted');
  });

  it('writes what is too large to be held in random order, and knows where each image lies', async () => {
    const files = Array.from({ length: 30 }, (_, i) => `cat/${10 + i}.png`);
    for (const [i, name] of files.entries()) await put(name, `rgb(${i}, 0, 0)`);
    await write('cat/20.png', 'no image');
    const form = { height: 1, width: 1, channels: 3, fit: 'stretch' } as const;
    const { block, rows } = await readImages(test.ctx, { folder: 'data', files, form, heldBytes: 20 });
    expect(rows).toEqual([...files.keys()].filter((i) => i !== 10));
    const reader = await openBlock(block, test.ctx.store, new PieceCache(1000));
    const reds = (await reader.all()).filter((_, i) => i % 3 === 0);
    expect([...reds]).toEqual(rows);
    expect([...(reader.layout.places ?? [])]).not.toEqual([...rows.keys()]);
  });

  it('shows a few images of all classes where a look is enough', async () => {
    for (let i = 0; i < 30; i++) await put(`${i < 15 ? 'cat' : 'dog'}/${i}.png`, '#fff');
    const outputs = await imageFolder.execute?.({}, params as never, { ...test.ctx, enoughRows: 4 });
    const { labels } = await rowsOf((outputs as unknown as { table: TabularValue }).table);
    expect(labels).toEqual([0, 0, 1, 1]);
  });
});
