import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { type RowChunk, RowVisitor } from './row-visitor';

/**
 * As many threads as Node has for work that waits. More than there are processors, too: slices are not all of a size, and
 * the last ones share the processors.
 */
const mostAtOnce = 4;

export interface DatabaseOptions {
  /** Where what does not fit into memory goes. */
  readonly tempFolder: string;
  /**
   * 1 where results must not depend on the order in which threads finish: sums of floating-point numbers. `runInParallel`
   * still uses all.
   */
  readonly threads?: number;
  /** DuckDB's own limit, e.g. `1GB`. */
  readonly memory?: string;
}

/** What all views of one database share, with the last query in line. */
interface Opened {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  readonly threads: number;
  /** Of the connection and more of them, for queries that run at the same time. */
  readonly visitors: RowVisitor[];
  last: Promise<unknown>;
}

/**
 * One in-memory DuckDB with one connection. Queries stand in line: a second query on a connection would end the
 * result that the first still streams.
 */
export class Database {
  private constructor(
    private readonly opened: Opened,
    private readonly signal?: AbortSignal,
  ) {}

  static async create({ tempFolder, threads, memory = '640MB' }: DatabaseOptions): Promise<Database> {
    await mkdir(tempFolder, { recursive: true });
    const usual = threads ?? availableParallelism();
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(usual),
      memory_limit: memory,
      temp_directory: tempFolder,
      preserve_insertion_order: 'true',
      // Nothing is ever fetched from the network.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
    });
    const connection = await instance.connect();
    const visitors = [new RowVisitor(connection, visitorName(0))];
    return new Database({ instance, connection, threads: usual, visitors, last: Promise.resolve() });
  }

  async run(sql: string): Promise<void> {
    await this.queue(() => this.opened.connection.run(sql));
  }

  /** Runs what comes out the same with any number of threads, such as reading a file into a table. */
  async runInParallel(sql: string): Promise<void> {
    const { connection, threads } = this.opened;
    const all = availableParallelism();
    await this.queue(async () => {
      if (all === threads) return connection.run(sql);
      await connection.run(`SET threads = ${all}`);
      try {
        return await connection.run(sql);
      } finally {
        await connection.run(`SET threads = ${threads}`);
      }
    });
  }

  /**
   * Several queries at the same time, each on a connection of its own: calls `visit` with chunks of their rows, in order.
   * With `threads: 1` one thread runs each query.
   */
  async visitEach(
    columns: readonly string[],
    froms: readonly string[],
    visit: (chunk: RowChunk, place: number) => void,
  ): Promise<void> {
    await this.queue(() =>
      this.each(froms, (visitor, from, place) => visitor.run(columns, from, (chunk) => visit(chunk, place))),
    );
  }

  /** A result chunk by chunk: calls `visit` with each while the next one is being fetched. */
  async stream(sql: string, visit: (chunk: DuckDBDataChunk) => void): Promise<void> {
    await this.queue(() => this.fetch(sql, visit));
  }

  private async fetch(sql: string, visit: (chunk: DuckDBDataChunk) => void): Promise<void> {
    const result = await this.opened.connection.stream(sql);
    let next = result.fetchChunk();
    try {
      for (let chunk = await next; chunk && chunk.rowCount > 0; chunk = await next) {
        this.signal?.throwIfAborted();
        next = result.fetchChunk();
        visit(chunk);
      }
      // A query that was stopped may look like one that has come to its end.
      this.signal?.throwIfAborted();
    } finally {
      // The next query would end the result while it is still being fetched from.
      await next.catch(() => undefined);
    }
  }

  /** A small result as row objects. */
  async rows(sql: string): Promise<Record<string, DuckDBValue>[]> {
    return this.queue(async () => (await this.opened.connection.runAndReadAll(sql)).getRowObjects());
  }

  /** Small results as row objects, of several queries at the same time, as `visitEach` runs them. */
  async rowsOfEach(sqls: readonly string[]): Promise<Record<string, DuckDBValue>[][]> {
    const results: Record<string, DuckDBValue>[][] = [];
    await this.queue(() =>
      this.each(sqls, async ({ connection }, sql, place) => {
        results[place] = await (await connection.runAndReadAll(sql)).getRowObjects();
      }),
    );
    return results;
  }

  /** Once one fails no other begins, and those that run come to their end before anybody hears of it. */
  private async each(
    sqls: readonly string[],
    work: (visitor: RowVisitor, sql: string, place: number) => Promise<void>,
  ): Promise<void> {
    const left = [...sqls.entries()].reverse();
    const workOn = async (visitor: RowVisitor) => {
      for (let next = left.pop(); next; next = left.pop()) await work(visitor, next[1], next[0]);
    };
    const visitors = await this.visitors(Math.min(sqls.length, mostAtOnce));
    const ended = await Promise.allSettled(
      visitors.map((visitor) =>
        workOn(visitor).catch((error: unknown) => {
          left.length = 0;
          throw error;
        }),
      ),
    );
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
  }

  private async visitors(count: number): Promise<readonly RowVisitor[]> {
    const { instance, visitors } = this.opened;
    while (visitors.length < count)
      visitors.push(new RowVisitor(await instance.connect(), visitorName(visitors.length)));
    return visitors.slice(0, count);
  }

  /** Fills a table that exists, chunk by chunk. */
  async append(table: string, chunks: Iterable<DuckDBDataChunk>): Promise<void> {
    await this.queue(async () => {
      const appender = await this.opened.connection.createAppender(table);
      for (const chunk of chunks) appender.appendDataChunk(chunk);
      appender.closeSync();
    });
  }

  /** The same database for one asker: once the signal aborts, its query that runs is stopped and no other begins. */
  until(signal: AbortSignal | undefined): Database {
    return new Database(this.opened, signal);
  }

  close(): void {
    for (const { connection } of this.opened.visitors) connection.closeSync();
    this.opened.instance.closeSync();
  }

  private queue<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.opened.last.then(() => this.interruptibly(work));
    this.opened.last = turn.catch(() => undefined);
    return turn;
  }

  /** Whatever DuckDB says of an interrupted query, its asker hears why it was stopped. */
  private async interruptibly<T>(work: () => Promise<T>): Promise<T> {
    const { signal } = this;
    if (!signal) return work();
    signal.throwIfAborted();
    let repeat: NodeJS.Timeout | undefined;
    const interruptAll = () => {
      for (const { connection } of this.opened.visitors) connection.interrupt();
    };
    const interrupt = () => {
      interruptAll();
      // A query that its thread has not begun yet forgets an interruption.
      repeat ??= setInterval(interruptAll, 50);
    };
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      clearInterval(repeat);
      signal.removeEventListener('abort', interrupt);
    }
  }
}

function visitorName(place: number): string {
  return `visit_rows_${place}`;
}
