import { quoteText } from '../../../src-shared/recipe/sql';
import type { CsvOptions, CsvOverrides } from '../../../src-shared/runs/values';
import { globPath } from './csv-sql';
import type { Database } from './database';
import type { Encoding } from './detect-encoding';

/** Texts that mean "missing" unless a person says otherwise. */
export const usualNullTexts: readonly string[] = ['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', '?'];

const duckdbTypes = { float: 'DOUBLE', int: 'BIGINT', bool: 'BOOLEAN', string: 'VARCHAR', time: 'TIMESTAMP' } as const;

interface Dialect {
  readonly delimiter: string;
  readonly header: boolean;
  readonly skip: number;
  readonly dateFormat?: string;
  readonly timestampFormat?: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/**
 * Delimiter, header, names and types as DuckDB sniffs them from the first 20,480 lines of a UTF-8 file, with what
 * a person says instead. Lines of unequal length make DuckDB see one column; the header's own separators then
 * decide, so that the problem is the odd line and not a strange table.
 */
export async function sniffDialect(
  database: Database,
  path: string,
  { overrides, encoding }: { readonly overrides: CsvOverrides; readonly encoding: Encoding },
): Promise<CsvOptions> {
  const nullTexts = overrides.nullTexts?.length ? overrides.nullTexts : usualNullTexts;
  const request = { path, nullTexts, header: overrides.header ?? 'auto', delimiter: overrides.delimiter ?? '' };
  const dialect =
    (await bestDialect(database, request)) ?? (await ask(database, { ...request, quote: '', isTolerant: true }));
  const { columns, ...found } = dialect ?? { columns: [], delimiter: ',', header: true, skip: 0 };
  const types = columns.map(({ name, type }) => {
    const said = overrides.types && Object.hasOwn(overrides.types, name) ? overrides.types[name] : undefined;
    return [name, said ? saidType(said, type) : readableType(type)] as const;
  });
  return { ...found, quote: '"', encoding, types, nullTexts };
}

/**
 * First with odd lines passed over: a strict sniffing rather skips everything before the last odd line. That is
 * what a file with a title needs, which has one column otherwise. Without quotes, in the end, since a quotation
 * mark that is never closed leaves no table to sniff: the names can still be read, and reading names the place.
 */
async function bestDialect(database: Database, request: Request): Promise<Dialect | undefined> {
  const tolerant = await ask(database, { ...request, isTolerant: true });
  if (tolerant && tolerant.columns.length > 1) return tolerant;
  const strict = await ask(database, request);
  if (strict && strict.columns.length > 1) return strict;
  const separator = request.delimiter ? undefined : hiddenSeparator(tolerant ?? strict);
  if (!separator) return tolerant ?? strict;
  return ask(database, { ...request, isTolerant: true, delimiter: separator });
}

/** A date stays a date with its own way of writing where a person only confirms that it is a time. */
function saidType(said: keyof typeof duckdbTypes, sniffed: string): string {
  return said === 'time' && (sniffed === 'DATE' || sniffed === 'TIMESTAMP') ? sniffed : duckdbTypes[said];
}

/** What columns are read as; everything that is no number, truth value or date is text. */
function readableType(sniffed: string): string {
  if (['BIGINT', 'DOUBLE', 'BOOLEAN', 'DATE', 'TIMESTAMP'].includes(sniffed)) return sniffed;
  return sniffed.startsWith('TIMESTAMP_') ? 'TIMESTAMP' : 'VARCHAR';
}

interface Request {
  readonly path: string;
  readonly delimiter: string;
  readonly header: string;
  readonly nullTexts: readonly string[];
  readonly quote?: string;
  /** Passes over lines that do not fit. */
  readonly isTolerant?: boolean;
}

async function ask(database: Database, request: Request): Promise<Dialect | undefined> {
  const settings = [
    quoteText(globPath(request.path)),
    `quote = ${quoteText(request.quote ?? '"')}`,
    ...(request.isTolerant ? ['ignore_errors = true'] : []),
    `nullstr = [${request.nullTexts.map(quoteText).join(', ')}]`,
    ...(request.delimiter ? [`delim = ${quoteText(request.delimiter)}`] : []),
    ...(request.header === 'auto' ? [] : [`header = ${request.header === 'yes'}`]),
  ];
  try {
    const [row] = await database.rows(`SELECT to_json(s) AS found FROM sniff_csv(${settings.join(', ')}) s`);
    return readDialect(JSON.parse(String(row?.found)));
  } catch (error) {
    if (error instanceof Error && /sniffing file/.test(error.message)) return undefined;
    throw error;
  }
}

/** The row of `sniff_csv`, by the names that DuckDB documents. */
interface SniffedRow {
  readonly Delimiter: string;
  readonly HasHeader: boolean;
  readonly SkipRows: number;
  readonly Columns: readonly { readonly name: string; readonly type: string }[];
  readonly DateFormat: string | null;
  readonly TimestampFormat: string | null;
}

function readDialect(row: SniffedRow): Dialect {
  return {
    delimiter: row.Delimiter,
    header: row.HasHeader,
    skip: row.SkipRows,
    columns: row.Columns,
    ...(row.DateFormat ? { dateFormat: row.DateFormat } : {}),
    ...(row.TimestampFormat ? { timestampFormat: row.TimestampFormat } : {}),
  };
}

function hiddenSeparator(dialect: Dialect | undefined): string | undefined {
  const [only, second] = dialect?.columns ?? [];
  if (!only || second) return undefined;
  return [',', ';', '\t', '|'].find((separator) => only.name.includes(separator));
}
