type Field = string | number | boolean | null | undefined;

/**
 * Rows for a spreadsheet. A text that a spreadsheet would take for a formula gets an apostrophe in front, so that
 * data of strangers computes nothing (OWASP, "CSV injection").
 */
export function toTsv(rows: readonly (readonly Field[])[]): string {
  return rows.map((row) => row.map((field) => harmless(field).replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
}

/** RFC 4180, with the same care for formulas. */
export function toCsv(rows: readonly (readonly Field[])[]): string {
  return `${rows.map((row) => row.map((field) => quoted(harmless(field))).join(',')).join('\r\n')}\r\n`;
}

function harmless(field: Field): string {
  if (field === null || field === undefined) return '';
  if (typeof field !== 'string') return String(field);
  return /^\s*[=+\-@]|^[\t\r]/.test(field) && !isNumber(field) ? `'${field}` : field;
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
