import { quoteName, quoteText } from '../../../src-shared/recipe/sql';
import type { CsvOptions } from '../../../src-shared/runs/values';

/** Longest line that is read: a binary file or a forgotten quote would otherwise fill the memory. */
const maxLineBytes = 4_000_000;

/** A path that names one file and no pattern: DuckDB would expand `*`, `?` and `[`. */
export function globPath(path: string): string {
  return path.replace(/[*?[]/g, '[$&]');
}

/** `read_csv` of a UTF-8 file with everything that was sniffed said out loud, so that it reads the same each time. */
export function csvSql(path: string, options: CsvOptions, extra: Readonly<Record<string, string>> = {}): string {
  const columns = options.types.map(([name, type]) => `${quoteText(name)}: ${quoteText(type)}`);
  const settings: Record<string, string> = {
    delim: quoteText(options.delimiter),
    quote: quoteText(options.quote),
    escape: quoteText(options.quote),
    header: String(options.header),
    columns: `{${columns.join(', ')}}`,
    nullstr: `[${options.nullTexts.map(quoteText).join(', ')}]`,
    auto_detect: 'false',
    max_line_size: String(maxLineBytes),
    ...(options.skip ? { skip: String(options.skip) } : {}),
    ...(options.dateFormat ? { dateformat: quoteText(options.dateFormat) } : {}),
    ...(options.timestampFormat ? { timestampformat: quoteText(options.timestampFormat) } : {}),
    ...extra,
  };
  const list = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return `read_csv(${quoteText(globPath(path))}, ${list.join(', ')})`;
}

/** Names of all columns, quoted. */
export function csvColumns(options: CsvOptions): string {
  return options.types.map(([name]) => quoteName(name)).join(', ');
}
