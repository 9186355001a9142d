import { firstLine } from '../../../src-shared/first-line';
import { fail, type Problem, problem } from '../../../src-shared/problem';
import { quoteName, quoteText } from '../../../src-shared/recipe/sql';
import type { CsvOptions } from '../../../src-shared/runs/values';
import { csvSql } from './csv-sql';
import type { Database } from './database';
import { plainValue } from './plain-value';

/** How many faulty lines are gathered, to name the first and count the rest. */
const rejectLimit = 1000;
let attempts = 0;

/** A query that reads a CSV file; where it fails, the problem names the line and the column. */
export async function withCsvProblems<T>(
  read: () => Promise<T>,
  source: { readonly database: Database; readonly path: string; readonly options: CsvOptions },
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (/out of memory|interrupt/i.test(message) || !/CSV|convert|unicode|quote/i.test(message)) throw error;
    const found = await explain(source, message);
    return fail(found.code, found.values, found);
  }
}

interface Reject {
  readonly line: number;
  readonly kind: string;
  readonly column: string;
  readonly text: string;
  readonly message: string;
  readonly count: number;
}

async function explain(source: Parameters<typeof withCsvProblems>[1], message: string): Promise<Problem> {
  const reject = await firstReject(source);
  return (reject && rejectProblem(reject, source.options)) ?? messageProblem(message);
}

/** Reads the file again and lets DuckDB note every line that it cannot read. */
async function firstReject({
  database,
  path,
  options,
}: Parameters<typeof withCsvProblems>[1]): Promise<Reject | undefined> {
  const errors = `csv_errors_${++attempts}`;
  const scans = `csv_scans_${attempts}`;
  const from = csvSql(path, options, {
    store_rejects: 'true',
    rejects_table: quoteText(errors),
    rejects_scan: quoteText(scans),
    rejects_limit: String(rejectLimit),
  });
  try {
    await database.rows(`SELECT count(COLUMNS(*)) FROM ${from}`);
    const [first] = await database.rows(
      `SELECT *, (SELECT count(DISTINCT line) FROM ${quoteName(errors)}) AS total FROM ${quoteName(errors)} ORDER BY line, column_idx LIMIT 1`,
    );
    if (!first) return undefined;
    return {
      line: Number(first.line),
      kind: String(first.error_type),
      column: String(plainValue(first.column_name) ?? ''),
      text: String(plainValue(first.csv_line) ?? '').slice(0, 200),
      message: String(first.error_message),
      count: Number(first.total),
    };
  } catch {
    // Some faults (an unclosed quote at the end) stop even this reading; the message is all there is.
    return undefined;
  } finally {
    await database.run(`DROP TABLE IF EXISTS ${quoteName(errors)}`).catch(() => undefined);
    await database.run(`DROP TABLE IF EXISTS ${quoteName(scans)}`).catch(() => undefined);
  }
}

function rejectProblem(reject: Reject, options: CsvOptions): Problem | undefined {
  const { line, column, text, message, count } = reject;
  if (reject.kind === 'MISSING COLUMNS' || reject.kind === 'TOO MANY COLUMNS') {
    const found = Number(/Found: (\d+)/.exec(message)?.[1] ?? 0);
    return problem('csv-ragged', { line, expected: options.types.length, found, count, text }, { param: 'file' });
  }
  if (reject.kind === 'CAST') {
    const value = /Could not convert string "(.*)" to/s.exec(message)?.[1] ?? text;
    const type = kindOf(options.types.find(([name]) => name === column)?.[1] ?? '');
    const fix = { code: 'set-param', param: 'types', to: `${column}=string` } as const;
    return problem('csv-wrong-type', { line, column, value, type, count }, { param: 'types', fix });
  }
  if (reject.kind === 'UNQUOTED VALUE') return problem('csv-open-quote', { line }, { param: 'file' });
  if (reject.kind === 'INVALID ENCODING') return problem('csv-encoding', { line }, { param: 'encoding' });
  return undefined;
}

function kindOf(duckdbType: string): string {
  const kinds: Record<string, string> = { BIGINT: 'int', DOUBLE: 'float', BOOLEAN: 'bool' };
  return kinds[duckdbType] ?? 'time';
}

function messageProblem(message: string): Problem {
  const line = Number(/Line: (\d+)/.exec(message)?.[1] ?? 1);
  if (/quote/i.test(message)) return problem('csv-open-quote', { line }, { param: 'file' });
  if (/unicode|utf-8/i.test(message)) return problem('csv-encoding', { line }, { param: 'encoding' });
  if (/maximum_line_size|max_line_size|Maximum line size/i.test(message)) {
    return problem('csv-long-line', { line }, { param: 'delimiter' });
  }
  return problem('csv-unreadable', { line, message: firstLine(message) }, { param: 'file' });
}
