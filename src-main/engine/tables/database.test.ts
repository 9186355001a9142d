import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from './database';

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
    const reading = database.until(stop.signal).streamEach(['SELECT i FROM range(1000000) r(i)'], () => {
      if (++chunks === 2) stop.abort();
    });
    await expect(reading).rejects.toThrow('abort');
    expect(chunks).toBe(2);
  });
});
