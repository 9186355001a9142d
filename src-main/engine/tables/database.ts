import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';

export interface DatabaseOptions {
  /** Where what does not fit into memory goes. */
  readonly tempFolder: string;
  /** 1 where results must not depend on the order in which threads finish: sums of floating-point numbers. */
  readonly threads?: number;
  /** DuckDB's own limit, e.g. `1GB`. */
  readonly memory?: string;
}

/** What all views of one database share, with the last query in line. */
interface Opened {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
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
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(threads ?? availableParallelism()),
      memory_limit: memory,
      temp_directory: tempFolder,
      preserve_insertion_order: 'true',
      // Nothing is ever fetched from the network.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
    });
    const connection = await instance.connect();
    await connection.run('SET lock_configuration = true');
    return new Database({ instance, connection, last: Promise.resolve() });
  }

  async run(sql: string): Promise<void> {
    await this.queue(() => this.opened.connection.run(sql));
  }

  /** Calls `visit` for each chunk of the result, in order; only one chunk is held at a time. */
  async stream(sql: string, visit: (chunk: DuckDBDataChunk) => void): Promise<void> {
    await this.queue(async () => {
      const result = await this.opened.connection.stream(sql);
      for (;;) {
        this.signal?.throwIfAborted();
        const chunk = await result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) return;
        visit(chunk);
      }
    });
  }

  /** A small result as row objects. */
  async rows(sql: string): Promise<Record<string, DuckDBValue>[]> {
    return this.queue(async () => (await this.opened.connection.runAndReadAll(sql)).getRowObjects());
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
    this.opened.connection.closeSync();
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
    const interrupt = () => {
      const { connection } = this.opened;
      connection.interrupt();
      // A query that its thread has not begun yet forgets an interruption.
      repeat ??= setInterval(() => connection.interrupt(), 50);
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
