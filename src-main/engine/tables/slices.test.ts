import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aggregateWhole } from './aggregate-rows';
import { aggregateSlices } from './aggregate-slices';
import { codeSlices } from './code-rows';
import { Database } from './database';
import { plainValue } from './plain-value';
import type { Measure } from './slice-parts';
import { countSlices, cutFile, type Slice, tableSlices } from './slices';

const rows = 2_000_000;
const folder = mkdtempSync(join(tmpdir(), 'slices-'));
const path = join(folder, 'numbers.parquet');
const table = 'numbers';
let database: Database;
beforeAll(async () => {
  database = await Database.create({ tempFolder: folder, threads: 1 });
  const list = [
    "CASE WHEN i % 3 = 0 THEN 'a' WHEN i < 1000 THEN 'early' ELSE 'b' END AS kind",
    'sin(i) * 1e6 + 1e9 AS x',
    'CASE WHEN i % 5 = 0 THEN NULL ELSE cos(i) END AS y',
    'i::INTEGER AS i',
  ];
  await database.run(`CREATE TABLE ${table} AS SELECT ${list.join(', ')} FROM range(${rows}) r(i)`);
  await database.run(`COPY ${table} TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 150000)`);
  await database.run(
    `CREATE VIEW shown AS SELECT *, file_row_number AS "\u0001row" FROM read_parquet('${path}') WHERE i % 10 < 9`,
  );
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const inTable = () => tableSlices(table, rows);
const inView = async () => countSlices(database, await cutFile({ database, from: 'shown' }, { path, rows }));
const total = (slices: readonly Slice[]) => slices.reduce((sum, { rowCount }) => sum + rowCount, 0);

const measures: Measure[] = [
  { name: 'n', aggregate: 'count', sql: '*' },
  ...(['count', 'sum', 'mean', 'deviation', 'min', 'max'] as const).flatMap((aggregate) =>
    ['x', 'y'].map((sql) => ({ name: `${sql}_${aggregate}`, aggregate, sql })),
  ),
];

async function aggregated(slices: readonly Slice[], by: readonly string[], condition = 'true') {
  const chosen = slices.map(({ from }) => ({ from, condition }));
  const { sql, drop } = await aggregateSlices(database, chosen, { by, measures });
  return database.rows(sql).finally(drop);
}

describe('slices of a table', () => {
  it('cover all rows, of a table and of a view of a file, in groups that a thread reads', async () => {
    expect(inTable().map(({ rowCount }) => rowCount)).toEqual([614_400, 614_400, 614_400, 156_800]);
    const shown = await inView();
    expect(shown).toHaveLength(4);
    expect(total(shown)).toBe(rows * 0.9);
    expect(tableSlices(table, 0)).toEqual([{ from: '"numbers"', rowCount: 0 }]);
    expect(tableSlices(table, 500_000)).toHaveLength(1);
    expect(tableSlices(table, 10 ** 9)).toHaveLength(16);
  });

  it.each([[[]], [['kind']]])('give together what all rows give at once, by %j', async (by) => {
    const whole = [{ from: `"${table}"`, rowCount: rows }];
    const [direct, joined] = [await aggregated(whole, by), await aggregated(inTable(), by)];
    expect(joined.map(({ kind, n, x_count, y_min, y_max }) => [kind, n, x_count, y_min, y_max])).toEqual(
      direct.map(({ kind, n, x_count, y_min, y_max }) => [kind, n, x_count, y_min, y_max]),
    );
    for (const [place, row] of joined.entries()) {
      for (const name of ['x_sum', 'x_mean', 'x_deviation', 'y_sum', 'y_mean', 'y_deviation']) {
        const [found, known] = [Number(row[name]), Number(direct[place]?.[name])];
        // Sums of millions in another order: what is lost is relative to their parts.
        expect(Math.abs(found - known)).toBeLessThan(1e-9 * Math.max(Math.abs(known), 1));
      }
    }
  });

  it.each(['true', 'i < 7', 'false'])(
    'give the same bits where they are joined without SQL, of rows where %s',
    async (condition) => {
      const chosen = inTable().map(({ from }) => ({ from, condition }));
      const [joined] = await aggregated(inTable(), [], condition);
      expect(await aggregateWhole(database, chosen, measures)).toEqual(
        Object.fromEntries(Object.entries(joined ?? {}).map(([name, value]) => [name, plainValue(value)])),
      );
    },
  );

  it('give the same bits each time, and of no rows nothing', async () => {
    const first = await aggregated(await inView(), ['kind']);
    for (let again = 0; again < 3; again++) expect(await aggregated(await inView(), ['kind'])).toEqual(first);
    expect(await aggregated(inTable(), ['kind'], 'i < 0')).toEqual([]);
    expect(await aggregated(inTable(), [], 'i < 0')).toMatchObject([{ n: 0n, x_sum: null, x_mean: null, x_min: null }]);
    // Nothing is left behind.
    expect(await database.rows("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'numbers'")).toEqual([]);
  });

  it('carry a code for each row, in the view as in the table', async () => {
    const slices = await inView();
    const { rowCount: alike = 0 } = slices[0] ?? {};
    const codes = Uint8Array.from({ length: total(slices) }, (_, place) => (place < alike ? 1 : place % 7));
    const coded = await codeSlices({ database, table }, slices, codes);
    expect(coded.slices[0]?.code).toBe('1');
    let first = 0;
    for (const [place, { from, code }] of coded.slices.entries()) {
      // Of ten rows nine are shown.
      const shown = `(i // 10 * 9 + i % 10)`;
      const expected = place === 0 ? '1' : `${shown} % 7`;
      const [found] = await database.rows(
        `SELECT count(*)::INTEGER AS n, count(*) FILTER (${code} = ${expected})::INTEGER AS same, min(${shown})::INTEGER AS first FROM ${from}`,
      );
      const { rowCount = 0 } = slices[place] ?? {};
      expect(found).toEqual({ n: rowCount, same: rowCount, first });
      first += rowCount;
    }
    await coded.drop();
  });
});

describe('several queries at the same time', () => {
  it('stop together where one fails, and leave the database usable', async () => {
    const queries = ['SELECT 1 AS n', 'SELECT * FROM nowhere', ...Array.from({ length: 20 }, () => 'SELECT 2 AS n')];
    await expect(database.rowsOfEach(queries)).rejects.toThrow('nowhere');
    expect(await database.rowsOfEach(['SELECT 1 AS n', 'SELECT 2 AS n'])).toEqual([[{ n: 1 }], [{ n: 2 }]]);
  });

  it('stop where their asker leaves', async () => {
    const stop = new AbortController();
    const endless = 'range(10000000) a(i), range(1000000) b(i)';
    const begun = new Set<number>();
    const stopped = database.until(stop.signal).visitEach(['a.i * b.i'], [endless, endless, endless], (_, place) => {
      if (begun.add(place).size === 3) stop.abort();
    });
    await expect(stopped).rejects.toThrow('abort');
    expect(await database.rows('SELECT 42 AS answer')).toEqual([{ answer: 42 }]);
  });
});
