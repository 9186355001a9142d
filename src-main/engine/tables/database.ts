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

/**
 * One in-memory DuckDB with one connection. Queries stand in line: a second query on a connection would end the
 * result that the first still streams.
 */
export class Database {
  private line: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
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
    return new Database(instance, connection);
  }

  async run(sql: string): Promise<void> {
    await this.queue(() => this.connection.run(sql));
  }

  /** Calls `visit` for each chunk of the result, in order; only one chunk is held at a time. */
  async stream(sql: string, visit: (chunk: DuckDBDataChunk) => void): Promise<void> {
    await this.queue(async () => {
      const result = await this.connection.stream(sql);
      for (;;) {
        const chunk = await result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) return;
        visit(chunk);
      }
    });
  }

  /** A small result as row objects. */
  async rows(sql: string): Promise<Record<string, DuckDBValue>[]> {
    return this.queue(async () => (await this.connection.runAndReadAll(sql)).getRowObjects());
  }

  /** Fills a table that exists, chunk by chunk. */
  async append(table: string, chunks: Iterable<DuckDBDataChunk>): Promise<void> {
    await this.queue(async () => {
      const appender = await this.connection.createAppender(table);
      for (const chunk of chunks) appender.appendDataChunk(chunk);
      appender.closeSync();
    });
  }

  /** Stops the query that runs now; it fails. */
  interrupt(): void {
    this.connection.interrupt();
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  private queue<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.line.then(work);
    this.line = turn.catch(() => undefined);
    return turn;
  }
}
