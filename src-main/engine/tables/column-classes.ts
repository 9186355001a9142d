import { quoteName } from '../../../src-shared/recipe/sql';
import { type Column, maxClasses } from '../../../src-shared/types/ports';
import type { Database } from './database';

/** Whole numbers with few different values may be classes; with more they are amounts. */
const maxIntegerClasses = 32;

/** A column with an estimate of how many different values it has. */
export interface Counted {
  readonly column: Column;
  readonly distinct: number;
}

interface Rows {
  readonly database: Database;
  /** What stands after FROM. */
  readonly from: string;
}

/** The columns with their classes, where there are few enough different values. One pass over the rows. */
export async function addClasses(source: Rows, measured: readonly Counted[]): Promise<Column[]> {
  const candidates = measured.filter(mayHaveClasses).map(({ column }) => column);
  const found = await distinctValues(source, candidates);
  return measured.map(({ column }) => {
    if (column.type.kind === 'bool') return { ...column, classes: ['false', 'true'] };
    const place = candidates.indexOf(column);
    if (place < 0) return column;
    const classes = sortClasses(found[place] ?? []);
    return classes.length <= classLimit(column) ? { ...column, classes } : column;
  });
}

async function distinctValues(
  { database, from }: Rows,
  columns: readonly Column[],
): Promise<(readonly (string | null)[])[]> {
  if (columns.length === 0) return [];
  const lists = columns.map(({ name }) => `to_json(list(DISTINCT CAST(${quoteName(name)} AS VARCHAR)))`);
  const [found = {}] = await database.rows(
    `SELECT ${lists.map((list, i) => `${list} AS "c${i}"`).join(', ')} FROM ${from}`,
  );
  // The list is one of texts, or NULL for a column without values.
  return columns.map((_, i) => (JSON.parse(String(found[`c${i}`] ?? '[]')) ?? []) as (string | null)[]);
}

function classLimit({ type }: Column): number {
  return type.kind === 'string' ? maxClasses : maxIntegerClasses;
}

/** The first pass only estimates how many different values there are, to within a few per cent. */
function mayHaveClasses({ column, distinct }: Counted): boolean {
  const { kind } = column.type;
  return (kind === 'string' || kind === 'int') && distinct <= 1.5 * classLimit(column) + 8;
}

/** Sorted as numbers where all are whole numbers, else by code unit; the same on every machine. */
export function sortClasses(values: readonly (string | null)[]): string[] {
  const present = values.filter((value): value is string => value !== null && value !== '');
  const allWhole = present.every((value) => /^-?\d{1,15}$/.test(value));
  return present.sort((a, b) => (allWhole ? Number(a) - Number(b) : 0) || (a < b ? -1 : a > b ? 1 : 0));
}
