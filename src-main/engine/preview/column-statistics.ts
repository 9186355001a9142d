import type { DuckDBValue } from '@duckdb/node-api';
import { type Histogram, maxBins, type PreviewColumn } from '../../../src-shared/preview';
import { chooseRows } from '../tables/choose-rows';
import type { LoadedTable } from '../tables/open-table';
import type { ViewColumn } from './view-column';

/** Columns that are measured: a table may have thousands. */
const measuredColumns = 200;

type Measured = Partial<PreviewColumn>;

/** A column that has one value a row, as a number or as a text. */
interface Scalar {
  readonly place: number;
  readonly sql: string;
  readonly isNumber: boolean;
  readonly isWhole: boolean;
}

interface Bins {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** Missing and different values and a small histogram of each column, over the given rows; nothing for tensors. */
export async function measureColumns(
  loaded: LoadedTable,
  columns: readonly ViewColumn[],
  rows: Int32Array,
): Promise<readonly Measured[]> {
  const scalars = columns.slice(0, measuredColumns).flatMap((column, place) => scalarOf(column, place) ?? []);
  if (scalars.length === 0) return [];
  const chosen = await chooseRows(loaded, rows);
  try {
    const from = `FROM ${chosen.from} WHERE ${chosen.condition}`;
    const counts = await countValues(loaded, scalars, from);
    const measured: Measured[] = columns.map(() => ({}));
    for (const [i, scalar] of scalars.entries()) {
      const { bins, ...known } = counts[i] ?? {};
      const histogram = bins
        ? await binValues(loaded, { ...scalar, from, bins })
        : await topValues(loaded, scalar, from);
      measured[scalar.place] = { ...known, ...(histogram ? { histogram } : {}) };
    }
    return measured;
  } finally {
    await chosen.drop();
  }
}

function scalarOf({ column, from }: ViewColumn, place: number): Scalar | undefined {
  const { type, classes } = column;
  if ('block' in from || type.kind === 'tensor') return undefined;
  const isNumber = !classes && (type.kind === 'float' || type.kind === 'int' || type.kind === 'time');
  const sql = isNumber ? `CAST(${from.sql} AS DOUBLE)` : `CAST(${from.cell} AS VARCHAR)`;
  return { place, sql, isNumber, isWhole: type.kind === 'int' };
}

/** One pass over the rows for all columns. */
async function countValues(
  { database }: LoadedTable,
  scalars: readonly Scalar[],
  from: string,
): Promise<readonly (Measured & { readonly bins?: Bins })[]> {
  const parts = scalars.flatMap(({ sql, isNumber }, i) => [
    `count(*) FILTER (${sql} IS NULL) AS "n${i}"`,
    `approx_count_distinct(${sql}) AS "d${i}"`,
    ...(isNumber ? ['min', 'max'].map((end) => `${end}(${sql}) FILTER (isfinite(${sql})) AS "${end}${i}"`) : []),
  ]);
  const [found = {}] = await database.rows(`SELECT ${parts.join(', ')} ${from}`);
  return scalars.map(({ isNumber, isWhole }, i) => {
    const known = { nulls: Number(found[`n${i}`]), distinct: Number(found[`d${i}`]) };
    const bins = isNumber ? binsOf(found[`min${i}`], found[`max${i}`], isWhole) : undefined;
    return bins ? { ...known, bins } : known;
  });
}

function binsOf(min: DuckDBValue | undefined, max: DuckDBValue | undefined, isWhole: boolean): Bins | undefined {
  if (typeof min !== 'number' || typeof max !== 'number') return undefined;
  const values = max - min + 1;
  // Each whole number has a bar of its own where there are few.
  if (isWhole && values <= maxBins) return { low: min - 0.5, high: max + 0.5, count: values };
  return { low: min, high: max, count: min === max ? 1 : maxBins };
}

async function binValues(
  { database }: LoadedTable,
  { sql, from, bins }: Scalar & { readonly from: string; readonly bins: Bins },
): Promise<Histogram> {
  const { low, high, count } = bins;
  const width = (high - low) / count || 1;
  const bin = `CAST(least(floor((${sql} - (${low})::DOUBLE) / (${width})::DOUBLE), ${count - 1}) AS INTEGER)`;
  const found = await database.rows(`SELECT ${bin} AS bin, count(*) AS n ${from} AND isfinite(${sql}) GROUP BY bin`);
  const counts = new Array<number>(count).fill(0);
  for (const row of found) counts[Number(row.bin)] = Number(row.n);
  return { kind: 'ranges', min: low, max: high, counts };
}

async function topValues(
  { database }: LoadedTable,
  { sql, isNumber }: Scalar,
  from: string,
): Promise<Histogram | undefined> {
  // A column of numbers without one finite value has no bars.
  if (isNumber) return undefined;
  const present = `${from} AND ${sql} IS NOT NULL`;
  const found = await database.rows(
    `SELECT ${sql} AS value, count(*) AS n, (SELECT count(*) ${present}) AS total ${present} GROUP BY ${sql} ORDER BY n DESC, value LIMIT ${maxBins}`,
  );
  const values = found.map(({ value, n }) => ({ value: String(value), count: Number(n) }));
  const total = Number(found[0]?.total ?? 0);
  return { kind: 'values', values, others: total - values.reduce((sum, { count }) => sum + count, 0) };
}
