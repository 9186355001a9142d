import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parquet } from '../../../src-shared/nodes/data/parquet';
import type { TabularValue } from '../../../src-shared/runs/values';
import { Database } from './database';
import { openTestTables, type TestTables } from './test-tables';

let test: TestTables;
beforeAll(() => {
  test = openTestTables();
});
afterAll(() => test.close());

async function write(name: string, query: string): Promise<string> {
  const path = join(test.folder, name);
  const database = await Database.create({ tempFolder: test.folder });
  await database.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`);
  database.close();
  return path;
}

const columns = `range AS whole, range / 4 AS share, range % 2 = 0 AS even, 'w' || range % 2 AS word,
  DATE '2026-01-01' AS day, [1, 2] AS list, CAST(range AS DECIMAL(9, 2)) AS price, if(range = 2, NULL, range) AS gap`;

it('reads names, types, ranges and classes, and leaves out what it cannot use', async () => {
  const path = await write('types.parquet', `SELECT ${columns} FROM range(40)`);
  const facts = await test.tables.sniffParquet(path);
  expect(facts.columns.map(({ name, type }) => `${name} ${type.kind}`)).toEqual([
    ...['whole int', 'share float', 'even bool', 'word string', 'day time', 'price float', 'gap int'],
  ]);
  expect(facts).toMatchObject({ rows: 40, exact: true, problems: [{ code: 'parquet-column-left-out' }] });
  expect(facts.columns[3]).toMatchObject({ classes: ['w0', 'w1'], nulls: 0 });
  expect(facts.columns[6]).toMatchObject({ nulls: 1, range: [0, 39] });
  expect(await test.tables.sniffParquetFile({ path, quick: true })).toMatchObject({ exact: false });
});

it('gives a table that opens like any other', async () => {
  const path = await write('rows [1].parquet', `SELECT ${columns} FROM range(5)`);
  const outputs = await parquet.execute?.({}, { file: path, roles: { word: 'target' } } as never, test.ctx);
  // `data.parquet` declares the one output `table`.
  const { table } = outputs as unknown as { table: TabularValue };
  const open = await test.tables.open(table);
  const [share, word, even, gap] = await open.readAll(['share', 'word', 'even', 'gap']);
  expect(Array.from(share ?? [])).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(word).toEqual(Int32Array.of(0, 1, 0, 1, 0));
  expect(Array.from(even ?? [])).toEqual([1, 0, 1, 0, 1]);
  expect(Array.from(gap ?? [])).toEqual([0, 1, Number.NaN, 3, 4]);
  await open.close();
});

it('refuses what is no Parquet file, has no rows, or holds infinity', async () => {
  const refusal = (path: string) => test.tables.sniffParquet(path).catch((error) => error.problem?.code);
  expect(await refusal(await test.file('text.parquet', 'a,b\n1,2\n'))).toBe('parquet-unreadable');
  expect(await refusal(await write('empty.parquet', 'SELECT 1 AS x WHERE false'))).toBe('parquet-no-rows');
  expect(await refusal(await write('lists.parquet', 'SELECT [1] AS x'))).toBe('parquet-no-columns');
  expect(await refusal(await write('infinite.parquet', "SELECT 'inf'::DOUBLE AS x"))).toBe('parquet-infinite');
});

it('says in one line why a file cannot be read', async () => {
  const told = await test.tables
    .sniffParquet(await test.file('text.parquet', 'a,b\n1,2\n'))
    .catch((error) => error.problem);
  expect(told.values.message).toMatch(/parquet/i);
  expect(told.values.message).not.toContain('\n');
});
