/** A name in DuckDB's SQL. Every identifier that comes from data or a person passes through here. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""').replaceAll('\0', '')}"`;
}

/** A text in DuckDB's SQL. Every string that comes from data or a person passes through here. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`;
}

/** A number in DuckDB's SQL, as a DOUBLE, so that no decimal arithmetic slips in. */
export function quoteNumber(value: number): string {
  return Number.isFinite(value) ? `(${value})::DOUBLE` : `'${value}'::DOUBLE`;
}

/** The parameter of a lambda: it hides a column of the same name, so no column may be called so. */
export const lambdaItem = '"\u0001item"';
