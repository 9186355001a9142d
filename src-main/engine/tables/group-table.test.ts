import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv } from '../../../src-shared/nodes/data/csv';
import { group } from '../../../src-shared/nodes/prepare/group';
import type { RecipeStep } from '../../../src-shared/recipe/define-step';
import { splitCodes } from '../../../src-shared/runs/run-context';
import type { TabularValue } from '../../../src-shared/runs/values';
import { openTestTables, type TestTables } from './test-tables';

let test: TestTables;
beforeAll(() => {
  test = openTestTables();
});
afterAll(() => test.close());

async function tableOf(rows: readonly string[], steps: readonly RecipeStep[] = []): Promise<TabularValue> {
  const file = await test.file('group.csv', `kind,x,y\n${rows.join('\n')}\n`);
  const params = { file, delimiter: 'auto', header: 'auto', encoding: 'auto', nullTexts: '', types: {}, roles: {} };
  const outputs = await csv.execute?.({}, params as never, test.ctx);
  // `data.csv` declares the one output `table`.
  return { ...(outputs as unknown as { table: TabularValue }).table, steps };
}

/** The rows of the grouped table, as the node makes it. */
async function grouped(table: TabularValue, params: { by: string[]; measures: Record<string, string> }) {
  const outputs = await group.execute?.({ table } as never, params as never, test.ctx);
  // `prepare.group` declares the one output `table`.
  const made = (outputs as unknown as { table: TabularValue }).table;
  const open = await test.tables.open(made);
  const rows = await open.rows(Array.from(open.assignment.keys()));
  await open.close();
  return { made, rows };
}

const step = (name: string, params: RecipeStep['params']): RecipeStep => ({ step: name, node: 'node', params });
const rows = ['a,1,10', 'b,2,20', 'a,3,', 'b,4,40', 'c,5,50', 'a,1,10'];

describe('grouping', () => {
  it('gives one row for each group, in order, with counts and measures', async () => {
    const { made, rows: found } = await grouped(await tableOf(rows), {
      by: ['kind'],
      measures: { x: 'sum', y: 'mean' },
    });
    expect(found).toEqual([
      { kind: 'a', rows: 3, x_sum: 5, y_mean: 10 },
      { kind: 'b', rows: 2, x_sum: 6, y_mean: 30 },
      { kind: 'c', rows: 1, x_sum: 5, y_mean: 50 },
    ]);
    expect(made.source).toMatchObject({
      rows: 3,
      columns: [{ name: 'kind', classes: ['a', 'b', 'c'], nulls: 0 }, {}, {}, {}],
    });
  });

  it('counts the missing values of each column, whatever it is called, and gives a table without rows', async () => {
    const file = await test.file('odd.csv', '"a ""b.c",值\nu,\nu,\nv,2\n,3\n');
    const params = { file, delimiter: 'auto', header: 'auto', encoding: 'auto', nullTexts: '', types: {}, roles: {} };
    const outputs = await csv.execute?.({}, params as never, test.ctx);
    // `data.csv` declares the one output `table`.
    const { table } = outputs as unknown as { table: TabularValue };
    const asked = { by: ['a "b.c'], measures: { 值: 'mean' } };
    const { made } = await grouped(table, asked);
    const counted = made.source.columns.map(({ name, nulls }) => [name, nulls]);
    expect(counted).toEqual([
      ['a "b.c', 1],
      ['rows', 0],
      ['值_mean', 1],
    ]);
    const none = await grouped({ ...table, steps: [step('filterRows', { condition: '值 > 9' })] }, asked);
    expect(none.made.source).toMatchObject({ rows: 0, columns: [{ nulls: 0 }, { nulls: 0 }, { nulls: 0 }] });
  });

  it('sees rows as the steps before leave them', async () => {
    const steps = [
      step('dropDuplicates', { columns: [] }),
      step('derive', { name: 'z', expression: 'x + y', role: 'feature' }),
      step('dropMissing', { columns: ['z'] }),
      step('filterRows', { condition: "kind <> 'c' and z > 11" }),
      step('constantScale', { columns: ['z'], subtract: 2, divideBy: 10 }),
    ];
    const { rows: found } = await grouped(await tableOf(rows, steps), { by: [], measures: { z: 'max', x: 'count' } });
    expect(found).toEqual([{ rows: 2, z_max: 4.2, x_count: 2 }]);
  });

  it('learns what steps learn from the training rows alone', async () => {
    const many = Array.from({ length: 40 }, (_, i) => `${i % 2 ? 'a' : 'b'},${i},${i * i}`);
    const steps = [step('filterRows', { condition: 'x >= 4' }), step('standardize', { columns: ['y'] })];
    const split = { by: 'random', validation: 0, test: 0.5, seed: 3, at: 1 } as const;
    const value = { ...(await tableOf(many, steps)), split };
    const open = await test.tables.open(value);
    const [y = []] = await open.readAll(['y']);
    const kept = Array.from(y, (number, row) => ({ number, code: open.assignment[row] })).filter(
      (each) => each.code !== 255,
    );
    await open.close();
    const train = kept.filter(({ code }) => code === splitCodes.train).map(({ number }) => number);
    const mean = train.reduce((sum, number) => sum + number, 0) / train.length;
    const deviation = Math.sqrt(train.reduce((sum, number) => sum + (number - mean) ** 2, 0) / train.length);
    const all = kept.reduce((sum, { number }) => sum + (number - mean) / deviation, 0) / kept.length;
    const { rows: found } = await grouped(value, { by: [], measures: { y: 'mean' } });
    expect(found[0]).toMatchObject({ rows: 36 });
    expect(Number(found[0]?.y_mean)).toBeCloseTo(all, 10);
  });
});

describe('grouping a Parquet file', () => {
  it.each([
    ['x >= 4', 0.1, 0.2],
    ['x >= 4', 0, 0],
    ['x < 4', 0.25, 0.25],
    ['x = 17', 0.1, 0.2],
    ["kind = 'b'", 0.5, 0.49],
  ])(
    'gives the same as of a table, though it is read where it lies: %s, %f and %f held out',
    async (condition, validation, held) => {
      const lines = Array.from(
        { length: 3000 },
        (_, i) => `${i % 7 ? 'a' : 'b'},${i},${Math.fround(Math.sin(i) * 100)}`,
      );
      const steps = [step('filterRows', { condition }), step('standardize', { columns: ['y'] })];
      const split = { by: 'random', validation, test: held, seed: 3, at: 1 } as const;
      const fromCsv = { ...(await tableOf(lines, steps)), split };
      const { columns } = fromCsv.source;
      const data = {
        kind: lines.map((line) => line[0] ?? ''),
        x: Int32Array.from(lines.keys()),
        y: Float32Array.from(lines, (line) => Number(line.split(',')[2])),
      };
      const fromParquet = { ...fromCsv, source: { ...fromCsv.source, scan: await test.tables.write(columns, data) } };
      const asked = { by: ['kind'], measures: { x: 'sum', y: 'mean' } };
      expect((await grouped(fromParquet, asked)).rows).toEqual((await grouped(fromCsv, asked)).rows);
    },
  );

  it('reads one with row numbers of its own', async () => {
    const numbered = { ...(await tableOf(rows)) };
    const columns = [
      ...numbered.source.columns,
      { name: 'file_row_number', type: { kind: 'int' }, role: 'feature' } as const,
    ];
    const data = {
      kind: rows.map((row) => row[0] ?? ''),
      x: Float32Array.from(rows, (row) => Number(row.split(',')[1])),
      y: Float32Array.from(rows, (row) => Number(row.split(',')[2] || Number.NaN)),
      file_row_number: Int32Array.from(rows, () => 7),
    };
    const source = { ...numbered.source, columns, scan: await test.tables.write(columns, data) };
    const asked = { by: ['kind'], measures: { x: 'sum', y: 'mean', file_row_number: 'max' } };
    const { rows: found } = await grouped({ ...numbered, source }, asked);
    expect(found[0]).toEqual({ kind: 'a', rows: 3, x_sum: 5, y_mean: 10, file_row_number_max: 7 });
  });
});

describe('the node that groups', () => {
  it('knows its columns before it runs, and refuses what it cannot do', () => {
    const columns = [
      { name: 'kind', type: { kind: 'string' }, role: 'feature', classes: ['a'] },
      { name: 'x', type: { kind: 'int' }, role: 'feature' },
    ] as const;
    const infer = (by: string[], measures: Record<string, string>) => {
      const table = { type: 'table', columns, steps: [] } as const;
      return group.infer?.({ table } as never, { by, measures } as never, { seed: 1 });
    };
    expect(infer(['kind'], { x: 'mean' })).toMatchObject({
      outputs: { table: { columns: [{ name: 'kind' }, { name: 'rows' }, { name: 'x_mean' }] } },
    });
    expect(() => infer(['none'], {})).toThrow('column-not-found');
    expect(() => infer([], { kind: 'sum' })).toThrow('group-not-a-number');
  });
});
