import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseRows, nearRows } from './choose-rows';
import { codeSlices } from './code-rows';
import { Database } from './database';

const rowCount = 40_000;
const tempFolder = mkdtempSync(join(tmpdir(), 'choose-'));
let database: Database;
beforeAll(async () => {
  database = await Database.create({ tempFolder, threads: 1 });
  await database.run(`CREATE TABLE t AS SELECT i FROM range(${rowCount}) r(i)`);
});
afterAll(() => {
  database.close();
  rmSync(tempFolder, { recursive: true, force: true });
});

const loaded = () => ({ database, table: 't', rowCount });

async function codeAll({ table, rowCount }: { table: string; rowCount: number }, codes: Uint8Array) {
  const { slices, drop } = await codeSlices({ database, table }, [{ from: `"${table}"`, rowCount }], codes);
  const [slice] = slices;
  if (!slice) throw new Error('There is one slice.');
  return { ...slice, drop };
}

describe('rows beside a table', () => {
  it('carry a code each, over several lists, in order', async () => {
    const codes = Uint8Array.from({ length: rowCount + 5 }, (_, row) => (row * 7) % 5).subarray(0, rowCount);
    const { from, code, drop } = await codeAll({ table: 't', rowCount }, codes);
    const [found] = await database.rows(
      `SELECT count(*)::INT AS n, count(*) FILTER (${code} = (i * 7) % 5)::INT AS same FROM ${from}`,
    );
    expect(found).toEqual({ n: rowCount, same: rowCount });
    await drop();
  });

  it('carry a code each where they are more than one chunk takes', async () => {
    const many = 34_000_000;
    await database.run(`CREATE TABLE many AS SELECT 0::UTINYINT AS x FROM range(${many})`);
    const codes = new Uint8Array(many);
    for (const row of [0, 33_554_431, 33_554_432, many - 1]) codes[row] = 1;
    const { from, code, drop } = await codeAll({ table: 'many', rowCount: many }, codes);
    const sql = `SELECT (row_number() OVER () - 1)::INT AS i, ${code} AS code FROM ${from}`;
    const found = await database.rows(`SELECT i FROM (${sql}) WHERE code = 1 ORDER BY i`);
    expect(found.map(({ i }) => i)).toEqual([0, 33_554_431, 33_554_432, many - 1]);
    await drop();
    await database.run('DROP TABLE many');
  });

  it('need nothing beside the table where all are meant', async () => {
    const { from } = await chooseRows(
      loaded(),
      Int32Array.from({ length: rowCount }, (_, row) => row),
    );
    expect(from).toBe('"t"');
  });

  it('are found near each other or far apart', async () => {
    for (const rows of [[7, 5, 6], [39_999, 3, 3], [12]]) {
      const found = await database.rows(`SELECT i::INT AS i FROM t WHERE ${nearRows(rows)}`);
      expect(found.map(({ i }) => i)).toEqual(expect.arrayContaining(rows));
      expect(found.length).toBeLessThanOrEqual(4 * rows.length);
    }
  });
});
