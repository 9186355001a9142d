import { firstLine } from '../../../src-shared/first-line';
import { fail, type Problem, problem } from '../../../src-shared/problem';
import { quoteName, quoteText } from '../../../src-shared/recipe/sql';
import type { ParquetTypes } from '../../../src-shared/runs/values';
import type { Column } from '../../../src-shared/types/ports';
import type { SourceFacts } from '../../../src-shared/types/source-facts';
import { addClasses } from './column-classes';
import { columnsOf } from './csv-facts';
import { globPath } from './csv-sql';
import type { Database } from './database';

/** What a file's types are read as; others are left out. */
const readAs: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/^(U?TINYINT|U?SMALLINT|U?INTEGER|BIGINT)$/, 'BIGINT'],
  [/^(UBIGINT|U?HUGEINT|FLOAT|DOUBLE|DECIMAL.*)$/, 'DOUBLE'],
  [/^BOOLEAN$/, 'BOOLEAN'],
  [/^(VARCHAR|UUID|ENUM.*)$/, 'VARCHAR'],
  [/^(DATE|TIMESTAMP.*)$/, 'TIMESTAMP'],
];

export interface ParquetRequest {
  readonly path: string;
  /** Reads no more than the file's own description. */
  readonly quick?: boolean;
  readonly signal?: AbortSignal;
}

/** A query that gives the columns of a Parquet file, and what else is asked of its rows. */
export function parquetSql(path: string, types: ParquetTypes, more: readonly string[] = []): string {
  const list = types.map(([name, type]) => `CAST(${quoteName(name)} AS ${type}) AS ${quoteName(name)}`);
  return `SELECT ${[...list, ...more].join(', ')} FROM read_parquet(${quoteText(globPath(path))})`;
}

/**
 * What a Parquet file holds.
 * @throws ProblemError `parquet-unreadable`, `parquet-no-columns`, `parquet-no-rows`
 */
export async function sniffParquet({ path, quick, signal }: ParquetRequest, database: Database): Promise<SourceFacts> {
  const asker = database.until(signal);
  const { types, problems } = await describe(asker, path);
  const columns = columnsOf({ types });
  const source = { parquet: { types }, ...(problems.length > 0 ? { problems } : {}) };
  if (quick) return { columns, ...source, exact: false };
  const from = `(${parquetSql(path, types)})`;
  const { rows, measured } = await measure(asker, from, columns);
  if (rows === 0) fail('parquet-no-rows', { file: path }, { param: 'file' });
  return { columns: await addClasses({ database: asker, from }, measured), rows, ...source, exact: true };
}

async function describe(database: Database, path: string): Promise<{ types: ParquetTypes; problems: Problem[] }> {
  const file = quoteText(globPath(path));
  const found = await database.rows(`DESCRIBE SELECT * FROM read_parquet(${file})`).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    if (/interrupt/i.test(message)) throw error;
    return fail('parquet-unreadable', { file: path, message: firstLine(message) }, { param: 'file' });
  });
  const types: [string, string][] = [];
  const problems: Problem[] = [];
  for (const { column_name, column_type } of found) {
    const [name, given] = [String(column_name), String(column_type)];
    const type = readAs.find(([pattern]) => pattern.test(given))?.[1];
    if (type && name !== '__proto__') types.push([name, type]);
    else problems.push(leftOut(name, given));
  }
  if (types.length === 0) fail('parquet-no-columns', { file: path }, { param: 'file' });
  return { types, problems };
}

function leftOut(column: string, type: string): Problem {
  return problem('parquet-column-left-out', { column, type }, { severity: 'warning', param: 'file' });
}

async function measure(database: Database, from: string, columns: readonly Column[]) {
  const parts = columns.flatMap((column, i) => {
    const name = quoteName(column.name);
    const parts = [`count(${name}) AS "n${i}"`, `approx_count_distinct(${name}) AS "d${i}"`];
    if (!['float', 'int', 'time'].includes(column.type.kind)) return parts;
    const value = column.type.kind === 'time' ? `epoch_ms(${name})` : `CAST(${name} AS DOUBLE)`;
    return [...parts, `min(${value}) AS "low${i}"`, `max(${value}) AS "high${i}"`];
  });
  const [found = {}] = await database.rows(`SELECT count(*) AS "rows", ${parts.join(', ')} FROM ${from}`);
  const rows = Number(found.rows);
  const measured = columns.map((column, i) => {
    const range = [Number(found[`low${i}`] ?? Number.NaN), Number(found[`high${i}`] ?? Number.NaN)] as const;
    if (range.some((end) => Math.abs(end) === Number.POSITIVE_INFINITY)) {
      fail('parquet-infinite', { column: column.name }, { param: 'file' });
    }
    const known = Number.isFinite(range[0]) && Number.isFinite(range[1]) ? { range } : {};
    const nulls = rows - Number(found[`n${i}`]);
    return { column: { ...column, nulls, ...known }, distinct: Number(found[`d${i}`]) };
  });
  return { rows, measured };
}
