import { quoteName } from '../../../src-shared/recipe/sql';
import type { SomeRows } from './choose-rows';
import type { Database } from './database';
import { type Measure, partColumn, selectDirect, selectParts, sliceAggregates } from './slice-parts';

export interface Measures {
  /** One row for each combination of these columns' values; none: one row of all. */
  readonly by: readonly string[];
  readonly measures: readonly Measure[];
}

export interface PreparedQuery {
  readonly sql: string;
  /** To be called when it has been asked. */
  readonly drop: () => Promise<void>;
}

let made = 0;

/**
 * A query over all slices, which are aggregated by a thread each and joined, in their order, by one: it gives the same bits
 * however many threads there are.
 */
export async function aggregateSlices(
  database: Database,
  slices: readonly SomeRows[],
  { by, measures }: Measures,
): Promise<PreparedQuery> {
  const keys = by.map(quoteName);
  const group = keys.length > 0 ? ` GROUP BY ${keys.join(', ')}` : '';
  const order = keys.length > 0 ? ` ORDER BY ${keys.join(', ')}` : '';
  const [only] = slices;
  if (only && slices.length === 1) {
    const list = [...keys, ...measures.map(selectDirect)];
    const sql = `SELECT ${list.join(', ')} FROM ${only.from} WHERE ${only.condition}${group}${order}`;
    return { sql, drop: async () => undefined };
  }
  const tables = slices.map(() => quoteName(`part_${++made}`));
  const drop = async () => {
    // Whoever asked may have stopped waiting; the parts go in any case.
    await database.until(undefined).run(tables.map((table) => `DROP TABLE IF EXISTS ${table}`).join('; '));
  };
  const list = [...keys, ...measures.flatMap(selectParts)].join(', ');
  const queries = slices.map(({ from, condition }, slice) => {
    return `CREATE TABLE ${tables[slice]} AS SELECT ${list} FROM ${from} WHERE ${condition}${group}`;
  });
  try {
    await database.rowsOfEach(queries);
  } catch (error) {
    await drop();
    throw error;
  }
  const parts = tables.map((table, slice) => `SELECT *, ${slice} AS ${place} FROM ${table}`).join(' UNION ALL ');
  const means = measures.flatMap(({ aggregate }, i) => (aggregate === 'deviation' ? [wholeMean(keys, i)] : []));
  const from = `SELECT ${['*', ...means].join(', ')} FROM (${parts})`;
  const joined = measures.map(({ name, aggregate }, i) => {
    return `${sliceAggregates[aggregate].joined((part) => partColumn(part, i))} AS ${quoteName(name)}`;
  });
  return { sql: `SELECT ${[...keys, ...joined].join(', ')} FROM (${from})${group}${order}`, drop };
}

/** A name that no column has. */
const place = '"\u0001slice"';

/** The mean of the whole beside each part. */
function wholeMean(keys: readonly string[], measure: number): string {
  const partition = keys.length > 0 ? `PARTITION BY ${keys.join(', ')} ` : '';
  const over = `OVER (${partition}ORDER BY ${place} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`;
  const [n, sum] = [partColumn('n', measure), partColumn('sum', measure)];
  return `sum(${sum}) ${over} / nullif(sum(${n}) ${over}, 0) AS ${partColumn('mean', measure)}`;
}
