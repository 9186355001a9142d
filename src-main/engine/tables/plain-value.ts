import type { DuckDBValue } from '@duckdb/node-api';

/** Numbers stay numbers where they are exact; all else is shown as text. */
export function plainValue(value: DuckDBValue | undefined): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint' && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) {
    return Number(value);
  }
  return String(value);
}
