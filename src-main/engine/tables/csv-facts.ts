import { type Problem, problem } from '../../../src-shared/problem';
import { quoteName } from '../../../src-shared/recipe/sql';
import type { CsvOptions } from '../../../src-shared/runs/values';
import type { Column, ColumnType } from '../../../src-shared/types/ports';
import type { SourceFacts } from '../../../src-shared/types/source-facts';
import { addClasses, type Counted } from './column-classes';
import { withCsvProblems } from './csv-problems';
import { csvSql } from './csv-sql';
import type { Database } from './database';

/** A name that no header has. */
const rowNumber = '"\u0001row"';
/** A text column with at least this share of numbers was probably meant to be numeric. */
const almostAll = 0.9;

interface CsvSource {
  readonly database: Database;
  /** A UTF-8 file. */
  readonly path: string;
  readonly options: CsvOptions;
}

/** Values of a column that are unlike the others: how many, and the first. */
interface OddValues {
  readonly present: number;
  readonly odd: number;
  readonly text: string;
  readonly row: number;
}

interface Measured extends Counted {
  readonly problem?: Problem;
}

/** Columns as their types say, before the whole file was read. */
export function columnsOf({ types }: Pick<CsvOptions, 'types'>): Column[] {
  return types.map(([name, type]) => ({ name, type: columnType(type), role: 'feature' }));
}

function columnType(duckdbType: string): ColumnType {
  const kinds: Record<string, ColumnType['kind']> = {
    BIGINT: 'int',
    DOUBLE: 'float',
    BOOLEAN: 'bool',
    VARCHAR: 'string',
  };
  // Dates and points in time are what is left of the types that the sniffing gives.
  return { kind: kinds[duckdbType] ?? 'time' } as ColumnType;
}

/**
 * Everything that only the whole file can tell, in two passes with little memory: rows, missing values, ranges;
 * then the classes of columns that have few different values.
 */
export async function exactFacts(source: CsvSource): Promise<SourceFacts> {
  return withCsvProblems(async () => {
    const { rows, measured } = await measure(source);
    const from = csvSql(source.path, source.options);
    const columns = await addClasses({ database: source.database, from }, measured);
    const problems = measured.flatMap((each) => (each.problem ? [each.problem] : []));
    return { columns, rows, csv: source.options, exact: true, ...(problems.length > 0 ? { problems } : {}) };
  }, source);
}

async function measure({ database, path, options }: CsvSource): Promise<{ rows: number; measured: Measured[] }> {
  const columns = columnsOf(options);
  const parts = columns.flatMap((column, i) => {
    const name = quoteName(column.name);
    const parts = [`count(${name}) AS "n${i}"`, `approx_count_distinct(${name}) AS "d${i}"`];
    if (column.type.kind === 'string') {
      const odd = `${name} IS NOT NULL AND TRY_CAST(${name} AS DOUBLE) IS NULL`;
      parts.push(
        `count(*) FILTER (${odd}) AS "odd${i}"`,
        `arg_min(${name}, ${rowNumber}) FILTER (${odd}) AS "text${i}"`,
      );
      parts.push(`min(${rowNumber}) FILTER (${odd}) AS "row${i}"`);
    } else if (column.type.kind !== 'bool') {
      const value = column.type.kind === 'time' ? `epoch_ms(${name})` : `CAST(${name} AS DOUBLE)`;
      parts.push(`min(${value}) AS "low${i}"`, `max(${value}) AS "high${i}"`);
      if (column.type.kind === 'float') {
        const odd = `NOT isfinite(${name})`;
        parts.push(`count(*) FILTER (${odd}) AS "odd${i}"`, `min(${rowNumber}) FILTER (${odd}) AS "row${i}"`);
      }
    }
    return parts;
  });
  const [found = {}] = await database.rows(
    `SELECT count(*) AS "rows", ${parts.join(', ')} FROM (SELECT *, row_number() OVER () AS ${rowNumber} FROM ${csvSql(path, options)})`,
  );
  const rows = Number(found.rows);
  const measured = columns.map((column, i): Measured => {
    const present = Number(found[`n${i}`]);
    const range = [Number(found[`low${i}`] ?? Number.NaN), Number(found[`high${i}`] ?? Number.NaN)] as const;
    const hasRange = present > 0 && Number.isFinite(range[0]) && Number.isFinite(range[1]);
    const oddTexts = {
      present,
      odd: Number(found[`odd${i}`] ?? 0),
      text: String(found[`text${i}`]),
      row: Number(found[`row${i}`]),
    };
    const odd = column.type.kind === 'string' ? almostNumbers : infiniteValues;
    const wrong = odd(column, oddTexts, options);
    return {
      column: { ...column, nulls: rows - present, ...(hasRange ? { range } : {}) },
      distinct: Number(found[`d${i}`]),
      ...(wrong ? { problem: wrong } : {}),
    };
  });
  return { rows, measured };
}

/** One stray text in a column of numbers makes all of it text: worth saying, with the place. */
function almostNumbers(
  { name }: Column,
  { present, odd, text, row }: OddValues,
  options: CsvOptions,
): Problem | undefined {
  if (odd === 0 || present - odd < almostAll * present) return undefined;
  const line = lineOf(row, options);
  const values = { column: name, value: text, line, count: odd };
  const fix = { code: 'set-param', param: 'nullTexts', to: text } as const;
  return problem('csv-almost-numbers', values, { severity: 'warning', param: 'types', fix });
}

/** Infinity has no mean and no scale. */
function infiniteValues({ name }: Column, { odd, row }: OddValues, options: CsvOptions): Problem | undefined {
  if (odd === 0) return undefined;
  const values = { column: name, line: lineOf(row, options), count: odd };
  return problem('csv-infinite', values, { param: 'file' });
}

/** The line of a row, where no quoted field goes over several lines. */
function lineOf(row: number, { header, skip = 0 }: CsvOptions): number {
  return row + skip + (header ? 1 : 0);
}
