import { gzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv } from '../../../src-shared/nodes/data/csv';
import { idx } from '../../../src-shared/nodes/data/idx';
import type { RecipeStep } from '../../../src-shared/recipe/define-step';
import { splitCodes } from '../../../src-shared/runs/run-context';
import type { TabularValue } from '../../../src-shared/runs/values';
import type { Column } from '../../../src-shared/types/ports';
import { openTestTables, type TestTables } from './test-tables';

let test: TestTables;
beforeAll(() => {
  test = openTestTables();
});
afterAll(() => test.close());

async function tableOf(
  content: string | Uint8Array,
  roles: Record<string, Column['role']> = {},
): Promise<TabularValue> {
  const file = await test.file('table.csv', content);
  const params = { file, delimiter: 'auto', header: 'auto', encoding: 'auto', nullTexts: '', types: {}, roles };
  const outputs = await csv.execute?.({}, params as never, test.ctx);
  // `data.csv` declares the one output `table`.
  return (outputs as unknown as { table: TabularValue }).table;
}

const split = { by: 'stratified', validation: 0, test: 0.5, seed: 1, at: 0, column: 'y' } as const;

describe('open tables', () => {
  it('refuse a stratified split where a class has one example, and name it', async () => {
    const value = await tableOf('x,y\n1,a\n2,a\n3,b\n4,a\n', { y: 'target' });
    await expect(test.tables.open({ ...value, split })).rejects.toMatchObject({
      problem: { code: 'class-with-one-example', values: { class: 'b', column: 'y', row: 3 }, fix: { to: 'random' } },
    });
  });

  it('refuse a split by a source that has none', async () => {
    const value = await tableOf('x,y\n1,a\n2,a\n');
    await expect(test.tables.open({ ...value, split: { ...split, by: 'source' } })).rejects.toMatchObject({
      problem: { code: 'no-source-split' },
    });
  });

  it('drop rows without a target from a dataset, not from a table', async () => {
    const value = await tableOf('x,y\n1,a\n2,\n3,b\n4,a\n5,b\n', { y: 'target' });
    const table = await test.tables.open(value);
    expect(Array.from(table.assignment)).toEqual([0, 0, 0, 0, 0]);
    const dataset = await test.tables.open({ ...value, split });
    expect(dataset.assignment[1]).toBe(splitCodes.dropped);
    await Promise.all([table.close(), dataset.close()]);
  });

  it('keep the first of duplicate rows, among those a step may drop', async () => {
    const value = await tableOf('x,y\n1,a\n1,a\n2,b\n1,a\n2,b\n2,b\n3,a\n3,b\n', { y: 'target' });
    const steps: RecipeStep[] = [{ step: 'dropDuplicates', node: 'clean', params: { columns: [] } }];
    const table = await test.tables.open({ ...value, steps });
    expect(Array.from(table.assignment)).toEqual([0, 255, 0, 255, 255, 255, 0, 0]);
    const after = await test.tables.open({ ...value, steps, split });
    const before = await test.tables.open({ ...value, split });
    const kept = Array.from(before.assignment.keys()).filter((row) => before.assignment[row] === splitCodes.test);
    expect(kept.every((row) => after.assignment[row] === splitCodes.test)).toBe(true);
    await Promise.all([table.close(), after.close(), before.close()]);
  });

  it('read columns asked for all at once, with hostile names, from another encoding', async () => {
    const header = '"a""; DROP TABLE x; --",\'quoted\',名';
    const rows = Array.from({ length: 5000 }, (_, i) => `${i},${i % 2 === 0 ? "it's" : '甲'},${i / 2}`);
    const text = `${header}\n${rows.join('\n')}\n`;
    const value = await tableOf(Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect(value.source.columns.map(({ name }) => name)).toEqual(['a"; DROP TABLE x; --', "'quoted'", '名']);
    const open = await test.tables.open(value);
    const columns = await Promise.all(value.source.columns.map(({ name }) => open.read(name)));
    expect(columns.map((column) => column[4999])).toEqual([4999, 1, 2499.5]);
    const found = await open.aggregate(
      Int32Array.from({ length: 10 }, (_, i) => i),
      { 名: { total: 'sum("名")' } },
    );
    expect(found).toEqual({ 名: { total: 22.5 } });
    await open.close();
  });

  it('name the place where a file no longer fits what was sniffed', async () => {
    const value = await tableOf('x,y\n1,2\n3,4\n');
    await test.file('table.csv', 'x,y\n1,2\nthree,4\n');
    await expect(test.tables.open(value)).rejects.toMatchObject({
      problem: { code: 'csv-wrong-type', values: { line: 3, column: 'x', value: 'three' } },
    });
  });
});

function idxFile(type: number, shape: readonly number[], bytes: readonly number[]): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint8(2, type);
  header.setUint8(3, shape.length);
  for (const [axis, size] of shape.entries()) header.setUint32(4 + 4 * axis, size);
  return Uint8Array.from([...new Uint8Array(header.buffer), ...bytes]);
}

describe('data.idx', () => {
  const images = idxFile(
    8,
    [3, 2, 2],
    Array.from({ length: 12 }, (_, i) => i),
  );
  const labels = idxFile(8, [3], [0, 2, 1]);

  async function run(files: Record<string, Uint8Array>, classes = 0): Promise<TabularValue> {
    const paths: Record<string, string> = { testImages: '', testLabels: '' };
    for (const [name, bytes] of Object.entries(files)) paths[name] = await test.file(`${name}.idx`, bytes);
    const outputs = await idx.execute?.({}, { ...paths, classes } as never, test.ctx);
    // `data.idx` declares the one output `table`.
    return (outputs as unknown as { table: TabularValue }).table;
  }

  it('reads images and labels, packed or not, with a test pair', async () => {
    const value = await run({ images: gzipSync(images), labels, testImages: images, testLabels: gzipSync(labels) });
    expect(value.source).toMatchObject({
      rows: 6,
      splitColumn: 'split',
      columns: [{ type: { shape: [2, 2, 1] } }, { classes: ['0', '1', '2'] }],
    });
    const open = await test.tables.open({ ...value, split: { ...split, by: 'source' } });
    expect(Array.from(open.assignment)).toEqual([0, 0, 0, 2, 2, 2]);
    expect(Array.from(await open.read('label'))).toEqual([0, 2, 1, 0, 2, 1]);
    expect(Array.from((await (await open.block('image')).all()).slice(10, 14))).toEqual([10, 11, 0, 1]);
    await open.close();
  });

  it.each([
    ['labels out of range', { images, labels }, 2, 'labels-out-of-range'],
    ['a file that is no IDX', { images: Uint8Array.from([1, 2, 3, 4, 5]), labels }, 0, 'not-idx'],
    ['a file that is cut off', { images: images.subarray(0, 20), labels }, 0, 'idx-truncated'],
    ['files that do not belong together', { images, labels: idxFile(8, [2], [0, 1]) }, 0, 'images-without-labels'],
    ['labels in place of images', { images: labels, labels }, 0, 'not-images'],
    [
      'images of two sizes',
      { images, labels, testImages: idxFile(8, [1, 1, 1], [5]), testLabels: idxFile(8, [1], [0]) },
      0,
      'image-sizes-differ',
    ],
    ['a packed file that is damaged', { images: gzipSync(images).fill(7, 12), labels }, 0, 'not-idx'],
  ])('refuses %s', async (...[, files, classes, code]) => {
    await expect(run(files as Record<string, Uint8Array>, classes)).rejects.toMatchObject({ problem: { code } });
  });
});
