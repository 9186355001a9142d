import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { YardDocument } from '../../../src-shared/document/document';
import type { Preview, TablePreview } from '../../../src-shared/preview';
import { withTable } from './preview-table';
import { openTestLook, type TestLook } from './test-look';

let look: TestLook;
beforeAll(async () => {
  look = await openTestLook();
});
afterAll(() => look.close());

function table(preview: Preview): TablePreview {
  if (preview.kind !== 'table') throw new Error(JSON.stringify(preview));
  return preview;
}

const columnOf = ({ columns }: TablePreview, name: string) => columns.find((column) => column.name === name);
const cellsOf = ({ columns, rows }: TablePreview, name: string) => {
  const place = columns.findIndex((column) => column.name === name);
  return rows.map((row) => row[place]);
};

/** A document of one table file. */
function csvDocument(file: string): YardDocument {
  const node = { kind: 'data.csv', version: 1, name: 'file', params: { file }, position: [0, 0] as const };
  const rest = { edges: {}, notes: {}, groups: {}, flows: {} };
  return { format: 'modelyard', version: 1, settings: { seed: 1 }, nodes: { n1: node }, ...rest };
}

describe('previews of the penguins', () => {
  it('show the file as it is, with its gaps, and the kinds of its columns', async () => {
    const at = look.example('penguins.yard');
    const page = table(await look.preview(at, { node: 'n1', port: 'table', offset: 3, limit: 2 }));
    expect(page).toMatchObject({ offset: 3, total: 344, rowNumbers: [3, 4], images: [] });
    expect(page.sampled).toBeUndefined();
    expect(cellsOf(page, 'species')).toEqual(['Adelie', 'Adelie']);
    expect(cellsOf(page, 'bill_length_mm')).toEqual([null, 36.7]);
    expect(columnOf(page, 'bill_length_mm')).toMatchObject({ type: { kind: 'float' }, role: 'feature', nulls: 2 });
  });

  it('measure the columns: gaps, different values, bars that add up to all rows', async () => {
    const at = look.example('penguins.yard');
    const page = table(await look.preview(at, { node: 'n1', port: 'table', limit: 0, statistics: true }));
    const species = columnOf(page, 'species');
    expect(species).toMatchObject({ nulls: 0, distinct: 3 });
    expect(species?.histogram).toEqual({
      kind: 'values',
      values: [
        { value: 'Adelie', count: 152 },
        { value: 'Gentoo', count: 124 },
        { value: 'Chinstrap', count: 68 },
      ],
      others: 0,
    });
    const mass = columnOf(page, 'body_mass_g')?.histogram;
    if (mass?.kind !== 'ranges') throw new Error('Masses are numbers.');
    expect(mass).toMatchObject({ min: 2700, max: 6300 });
    expect(mass.counts).toHaveLength(20);
    expect(mass.counts.reduce((sum, count) => sum + count, 0)).toBe(342);
  });

  it('sort by a column, missing values last', async () => {
    const at = look.example('penguins.yard');
    const sort = { column: 'body_mass_g', descending: true };
    const page = table(await look.preview(at, { node: 'n1', port: 'table', limit: 1000, sort }));
    const masses = cellsOf(page, 'body_mass_g');
    expect(masses.slice(0, 3)).toEqual([6300, 6050, 6000]);
    expect(masses.slice(-2)).toEqual([null, null]);
    expect(page.rows).toHaveLength(344);
  });

  it('show the rows after every preparation step, as training rows taught it, split by split', async () => {
    const at = look.example('penguins.yard');
    const last = Object.entries(at.document.nodes).find(([, { kind }]) => kind.startsWith('train.'))?.[0];
    const wire = Object.keys(at.document.edges).find((edge) => edge.endsWith(`>${last}.dataset`));
    const [node = '', port = ''] = (wire?.split('>')[0] ?? '').split('.');
    const ask = { node, port, limit: 1000 } as const;
    const all = table(await look.preview(at, ask));
    const train = table(await look.preview(at, { ...ask, split: 'train', statistics: true }));
    const { splits } = all;
    expect((splits?.train ?? 0) + (splits?.validation ?? 0) + (splits?.test ?? 0)).toBe(all.total);
    expect(train.total).toBe(splits?.train);
    expect(new Set(train.rowSplits)).toEqual(new Set(['train']));
    const bills = cellsOf(train, 'bill_length_mm').map(Number);
    const mean = bills.reduce((sum, value) => sum + value, 0) / bills.length;
    const spread = Math.sqrt(bills.reduce((sum, value) => sum + (value - mean) ** 2, 0) / bills.length);
    expect(mean).toBeCloseTo(0, 6);
    expect(spread).toBeCloseTo(1, 6);
    expect(cellsOf(train, 'island')[0]).toMatch(/^[01]( [01])+$/);
  });
});

describe('previews of digits', () => {
  it('show thumbnails, labels and the official split', async () => {
    const at = look.example('digits-cnn.yard');
    const page = table(
      await look.preview(at, { node: 'n3', port: 'dataset', offset: 60_000, limit: 2, statistics: true }),
    );
    expect(page).toMatchObject({ total: 70_000, splits: { train: 60_000, validation: 0, test: 10_000 } });
    expect(page.rowSplits).toEqual(['test', 'test']);
    expect(cellsOf(page, 'label')).toEqual([7, 2]);
    expect(cellsOf(page, 'image')).toEqual([{ image: 0 }, { image: 1 }]);
    expect(columnOf(page, 'label')?.histogram).toMatchObject({ kind: 'values', others: 0 });
    const png = Buffer.from(page.images[0] ?? '', 'base64');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([28, 28]);
    const pixels = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
    expect(pixels.length).toBe(28 * 29);
    expect(Math.max(...pixels)).toBeGreaterThan(200);
  });

  it('give the pictures of single rows', async () => {
    const { signal } = new AbortController();
    const at = { ...look.example('digits-cnn.yard'), node: 'n3', port: 'dataset' };
    const page = table(await look.preview(at, { ...at, offset: 60_000, limit: 1 }));
    const work: Parameters<typeof withTable>[2]['work'] = (view) => view.originals(Int32Array.of(60_000), signal);
    expect(await withTable(look.parts, at, { signal, work })).toEqual({ rows: [{ image: 0 }], images: page.images });
  });

  it('page quickly once the table is open', async () => {
    const at = look.example('digits-cnn.yard');
    await look.preview(at, { node: 'n1', port: 'table' });
    const began = performance.now();
    await look.preview(at, { node: 'n1', port: 'table', offset: 40_000, limit: 60 });
    expect(performance.now() - began).toBeLessThan(300);
  });
});

describe('previews that cannot be', () => {
  it('say which file is missing, at its node and param', async () => {
    const ask = { node: 'n1', port: 'table' };
    const preview = await look.preview({ document: csvDocument('gone.csv'), base: look.folder, name: 'a.yard' }, ask);
    expect(preview).toMatchObject({ kind: 'none', problem: { code: 'file-not-found', node: 'file', param: 'file' } });
  });

  it('say so of layers, of what is not wired, and of what no run has made', async () => {
    const at = look.example('digits-cnn.yard');
    const codeOf = async (node: string, port: string) => {
      const preview = await look.preview(at, { node, port });
      return preview.kind === 'none' ? preview.problem.code : preview.kind;
    };
    expect(await codeOf('n5', 'y')).toBe('preview-of-layers');
    expect(await codeOf('n12', 'model')).toBe('preview-needs-run');
    expect(await codeOf('n12', 'nothing')).toBe('preview-node-missing');
    const { 'n1.table>n2.table': _, ...edges } = at.document.edges;
    const cut = await look.preview({ ...at, document: { ...at.document, edges } }, { node: 'n2', port: 'table' });
    expect(cut).toMatchObject({ kind: 'none', problem: { code: 'input-missing' } });
  });
});

describe('previews of a large file', () => {
  it('read its start only, and say so', async () => {
    const line = `${'0.123456789,'.repeat(39)}1\n`;
    const header = `${Array.from({ length: 40 }, (_, i) => `c${i}`).join(',')}\n`;
    await writeFile(join(look.folder, 'large.csv'), header + line.repeat(150_000));
    const at = { document: csvDocument('large.csv'), base: look.folder, name: 'large.yard' };
    const page = table(await look.preview(at, { node: 'n1', port: 'table', offset: 99_999, limit: 5 }));
    expect(page).toMatchObject({ sampled: true, total: 100_000 });
    expect(page.rows).toEqual([[...new Array<number>(39).fill(0.123456789), 1]]);
  });
});
