import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bindings from '@duckdb/node-bindings';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from './database';
import { memoryFor, readNumbers } from './read-numbers';
import type { RowChunk } from './row-visitor';

const tempFolder = mkdtempSync(join(tmpdir(), 'database-'));
let database: Database;
beforeAll(async () => {
  database = await Database.create({ tempFolder, threads: 1 });
});
afterAll(() => {
  database.close();
  rmSync(tempFolder, { recursive: true, force: true });
});

/** Runs for minutes where nobody stops it. */
const endless = 'SELECT sum(a.i * b.i) FROM range(10000000) a(i), range(1000000) b(i)';

describe('a database', () => {
  it('stops the query whose asker leaves, and no other', async () => {
    const stop = new AbortController();
    const stopped = database.until(stop.signal).rows(endless);
    const next = database.rows('SELECT 42 AS answer');
    // The query has begun once the loop has turned.
    setImmediate(() => stop.abort());
    await expect(stopped).rejects.toThrow('abort');
    expect(await next).toEqual([{ answer: 42 }]);
  });

  it('does not begin what was stopped while it stood in line', async () => {
    const stop = new AbortController();
    const first = database.rows('SELECT 1 AS n');
    const second = database.until(stop.signal).run('CREATE TABLE never (n INTEGER)');
    stop.abort();
    await expect(second).rejects.toThrow('abort');
    expect(await first).toEqual([{ n: 1 }]);
    await expect(database.rows('SELECT * FROM never')).rejects.toThrow('never');
  });

  it('stops between the chunks of a result', async () => {
    const stop = new AbortController();
    let chunks = 0;
    const reading = database.until(stop.signal).stream('SELECT i FROM range(1000000) r(i)', () => {
      if (++chunks === 2) stop.abort();
    });
    await expect(reading).rejects.toThrow('abort');
    expect(chunks).toBe(2);
  });
});

describe('rows that are visited', () => {
  const sizeOf = (chunk: RowChunk) => bindings.data_chunk_get_size(chunk);

  it('come in their order from each of several queries, sorted ones too, and with NULLs', async () => {
    const rows = 100_000;
    const from = `(SELECT i FROM range(${rows}) r(i) ORDER BY (i * 7919) % ${rows})`;
    const froms = Array.from({ length: 7 }, () => ({ from, rowCount: rows }));
    const order = new Int32Array(7 * rows);
    const holes = new Float32Array(7 * rows);
    const nothing = new Float32Array(7 * rows);
    await readNumbers(database, froms, [
      { sql: `CAST((i * 7919) % ${rows} AS INTEGER)`, into: order, missing: -1 },
      { sql: 'CASE WHEN i % 3 = 0 THEN NULL ELSE CAST(i AS DOUBLE) END', into: holes, missing: -1 },
      { sql: 'CAST(NULL AS DOUBLE)', into: nothing, missing: -2 },
    ]);
    expect(order).toEqual(Int32Array.from({ length: 7 * rows }, (_, place) => place % rows));
    const places = new Map(Array.from({ length: rows }, (_, i) => [(i * 7919) % rows, i]));
    expect(holes.slice(0, rows)).toEqual(
      Float32Array.from({ length: rows }, (_, place) => {
        const i = places.get(place) ?? 0;
        return i % 3 === 0 ? -1 : i;
      }),
    );
    expect(nothing.every((value) => value === -2)).toBe(true);
  });

  it('that are fewer or more than a slice says are refused: an array would keep what lay in memory', async () => {
    const columns = [{ sql: 'CAST(i AS DOUBLE)', into: new Float32Array(memoryFor(10)), missing: Number.NaN }];
    const read = (rows: number) =>
      readNumbers(
        database,
        [
          { from: 'range(5) r(i)', rowCount: 5 },
          { from: `range(${rows}) r(i)`, rowCount: 5 },
        ],
        columns,
      );
    await expect(read(4)).rejects.toThrow('Not 5 rows: range(4) r(i)');
    await expect(read(6)).rejects.toThrow();
    await read(5);
    expect(columns[0]?.into).toEqual(Float32Array.of(0, 1, 2, 3, 4, 0, 1, 2, 3, 4));
  });

  it('end with the error of who visits them, and the database goes on', async () => {
    let visits = 0;
    const broken = database.visitEach(['i'], ['range(1000000) r(i)', 'range(10) r(i)'], () => {
      if (++visits === 3) throw new Error('enough');
    });
    await expect(broken).rejects.toThrow(/^enough$/);
    let seen = 0;
    await database.visitEach(['i'], ['range(5000) r(i)'], (chunk) => {
      seen += sizeOf(chunk);
    });
    expect(seen).toBe(5000);
    await expect(database.visitEach(['nowhere'], ['range(3) r(i)'], () => undefined)).rejects.toThrow('nowhere');
  });

  it('stop coming once their asker leaves', async () => {
    const stop = new AbortController();
    let seen = 0;
    const visiting = database.until(stop.signal).visitEach(['i'], ['range(100000000) r(i)'], (chunk) => {
      seen += sizeOf(chunk);
      stop.abort();
    });
    await expect(visiting).rejects.toThrow('abort');
    expect(seen).toBeLessThan(100_000_000);
    expect(await database.rows('SELECT 42 AS answer')).toEqual([{ answer: 42 }]);
  });
});
