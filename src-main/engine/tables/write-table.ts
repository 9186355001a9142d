import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BOOLEAN,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api';
import { quoteName, quoteText } from '../../../src-shared/recipe/sql';
import type { ColumnData } from '../../../src-shared/runs/run-context';
import type { Column } from '../../../src-shared/types/ports';
import type { Database } from './database';

const chunkRows = 2048;

/** Writes columns as Parquet and returns its bytes. Texts are kept as texts, NaN becomes NULL; times are milliseconds since 1970. */
export async function tableToParquet(
  database: Database,
  folder: string,
  table: { readonly columns: readonly Column[]; readonly data: Readonly<Record<string, ColumnData>> },
): Promise<Uint8Array> {
  const id = randomBytes(6).toString('hex');
  const name = `written_${id}`;
  const path = join(folder, `${id}.parquet`);
  const columns = table.columns.map((column) => columnToWrite(column, table.data[column.name]));
  try {
    const list = columns.map(({ name, type }) => `${quoteName(name)} ${type.toString()}`).join(', ');
    await database.run(`CREATE TABLE ${quoteName(name)} (${list})`);
    await database.append(name, chunksOf(columns));
    await database.run(`COPY ${quoteName(name)} TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd)`);
    return await readFile(path);
  } finally {
    await database.run(`DROP TABLE IF EXISTS ${quoteName(name)}`);
    await rm(path, { force: true });
  }
}

interface WrittenColumn {
  readonly name: string;
  readonly type: DuckDBType;
  readonly data: ColumnData;
}

function columnToWrite({ name, type }: Column, data: ColumnData | undefined): WrittenColumn {
  if (!data) throw new Error(`There are no values for the column "${name}".`);
  if (Array.isArray(data)) return { name, type: VARCHAR, data };
  if (type.kind === 'bool') return { name, type: BOOLEAN, data };
  if (type.kind === 'time') return { name, type: TIMESTAMP, data };
  return { name, type: type.kind === 'int' ? INTEGER : DOUBLE, data };
}

function* chunksOf(columns: readonly WrittenColumn[]): Iterable<DuckDBDataChunk> {
  const rows = columns[0]?.data.length ?? 0;
  for (let from = 0; from < rows; from += chunkRows) {
    const chunk = DuckDBDataChunk.create(columns.map(({ type }) => type));
    const count = Math.min(chunkRows, rows - from);
    chunk.setColumns(columns.map((column) => Array.from({ length: count }, (_, i) => valueAt(column, from + i))));
    yield chunk;
  }
}

function valueAt({ type, data }: WrittenColumn, row: number): DuckDBValue {
  const value = data[row] ?? null;
  if (typeof value !== 'number') return value;
  if (Number.isNaN(value)) return null;
  if (type === TIMESTAMP) return new DuckDBTimestampValue(BigInt(value) * 1000n);
  return type === BOOLEAN ? value !== 0 : value;
}
