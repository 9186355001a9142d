import { ANY, type DuckDBConnection, DuckDBScalarFunction, INTEGER } from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';

/** Some rows of a query, as they lie in DuckDB's memory. Only to be read while it is visited. */
export type RowChunk = Parameters<typeof bindings.data_chunk_get_size>[0];
type Visit = (chunk: RowChunk) => void;

/**
 * Hands the rows of a query to JavaScript while it runs: by a function in SQL that is called with a chunk of rows at a
 * time. A result would be copied first, and fetched chunk by chunk.
 */
export class RowVisitor {
  private visit: Visit = () => undefined;
  private failures: unknown[] = [];

  /** @param name of the function in SQL: each connection has its own, since queries run at the same time */
  constructor(
    readonly connection: DuckDBConnection,
    private readonly name: string,
  ) {
    const visiting = new DuckDBScalarFunction();
    visiting.setName(name);
    visiting.setVarArgs(ANY);
    visiting.setReturnType(INTEGER);
    // Its calls are what counts: also where rows are NULL, and as often as there are rows.
    visiting.setSpecialHandling();
    visiting.setVolatile();
    bindings.scalar_function_set_function(visiting.scalar_function, (info, chunk) => this.called(info, chunk));
    connection.registerScalarFunction(visiting);
    visiting.destroySync();
  }

  /** @param from what stands in SQL behind FROM; one thread visits its rows in their order */
  async run(columns: readonly string[], from: string, visit: Visit): Promise<void> {
    this.visit = visit;
    this.failures = [];
    try {
      // `last` depends on the order of rows, so that DuckDB leaves it as it is.
      await this.connection.run(`SELECT last(${this.name}(${columns.join(', ')})) FROM ${from}`);
    } catch (error) {
      throw this.failures.length > 0 ? this.failures[0] : error;
    } finally {
      this.visit = () => undefined;
    }
  }

  private called(info: Parameters<typeof bindings.scalar_function_set_error>[0], chunk: RowChunk): void {
    try {
      this.visit(chunk);
    } catch (error) {
      this.failures.push(error);
      bindings.scalar_function_set_error(info, String(error));
    }
  }
}
