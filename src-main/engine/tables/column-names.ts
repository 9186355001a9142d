import { fail, type Problem, problem } from '../../../src-shared/problem';
import type { CsvOptions } from '../../../src-shared/runs/values';
import { csvSql } from './csv-sql';
import type { Database } from './database';
import { plainValue } from './plain-value';

/** Names that cannot be keys of plain data. */
const forbidden: ReadonlySet<string> = new Set(['__proto__']);

/** Fails where the columns cannot be told apart, or have a name that cannot be kept. */
export function checkNames({ types }: CsvOptions, path: string): void {
  if (types.length === 0) fail('csv-unreadable', { line: 1, message: path }, { param: 'delimiter' });
  const seen = new Set<string>();
  for (const [name] of types) {
    if (forbidden.has(name)) fail('csv-name-not-allowed', { column: name }, { param: 'file' });
    // DuckDB's names do not differ by case.
    const key = name.toLowerCase();
    if (seen.has(key)) fail('csv-same-names', { column: name }, { param: 'file' });
    seen.add(key);
  }
}

/** DuckDB gives a second column of the same name a number, `length_1`; a person should hear of it. */
export async function renamedColumns(database: Database, path: string, options: CsvOptions): Promise<Problem[]> {
  const names = options.types.map(([name]) => name);
  if (!options.header || !names.some((name) => /_\d+$/.test(name))) return [];
  const written = await headerNames(database, path, options);
  return names.flatMap((renamed, i) => {
    const column = written[i];
    const isTwin = written.slice(0, i).some((before) => before.toLowerCase() === column?.toLowerCase());
    if (column === undefined || column === renamed || !isTwin) return [];
    return [problem('csv-column-renamed', { column, renamed }, { severity: 'warning', param: 'file' })];
  });
}

/** The header as it is written. */
async function headerNames(database: Database, path: string, options: CsvOptions): Promise<string[]> {
  const types = options.types.map((_, i) => [`c${i}`, 'VARCHAR'] as const);
  const raw = csvSql(path, { ...options, header: false, types, nullTexts: [''] }, { ignore_errors: 'true' });
  const [row = {}] = await database.rows(`SELECT * FROM ${raw} LIMIT 1`);
  return types.map(([key]) => String(plainValue(row[key]) ?? '').trim());
}
