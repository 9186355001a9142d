import { quoteName } from '../../../src-shared/recipe/sql';
import type { GroupRequest } from '../../../src-shared/runs/run-context';
import type { SomeRows } from './choose-rows';
import type { Database } from './database';

/** One number of some rows; `sql` gives it a value for each, or is `*` where rows are counted. */
export interface Measure {
  readonly name: string;
  readonly aggregate: GroupRequest['measures'][number]['aggregate'];
  readonly sql: string;
}

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

const direct: Readonly<Record<Measure['aggregate'], (value: string) => string>> = {
  count: (value) => `count(${value})`,
  sum: (value) => `sum(${asDouble(value)})`,
  mean: (value) => `avg(${asDouble(value)})`,
  deviation: (value) => `stddev_pop(${asDouble(value)})`,
  min: (value) => `min(${value})`,
  max: (value) => `max(${value})`,
};

let made = 0;

/**
 * A query over all slices, which are aggregated by a thread each and joined, in their order, by one: it gives the same bits
 * however many threads there are. Deviations are joined as by Chan, Golub and LeVeque (1983): squares about each slice's own mean,
 * and those of the means about the whole one.
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
    const list = [...keys, ...measures.map(({ name, ...each }) => `${directSql(each)} AS ${quoteName(name)}`)];
    const sql = `SELECT ${list.join(', ')} FROM ${only.from} WHERE ${only.condition}${group}${order}`;
    return { sql, drop: async () => undefined };
  }
  const tables = slices.map(() => quoteName(`part_${++made}`));
  const drop = async () => {
    // Whoever asked may have stopped waiting; the parts go in any case.
    await database.until(undefined).run(tables.map((table) => `DROP TABLE IF EXISTS ${table}`).join('; '));
  };
  const list = [...keys, ...measures.flatMap(({ aggregate, sql }, i) => partsOf(aggregate, sql, i))].join(', ');
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
  const joined = measures.map(({ name, aggregate }, i) => `${joinedSql(aggregate, i)} AS ${quoteName(name)}`);
  return { sql: `SELECT ${[...keys, ...joined].join(', ')} FROM (${from})${group}${order}`, drop };
}

/** Names that no column has. */
const place = '"\u0001slice"';
const part = (name: string, measure: number) => `"\u0001${name}${measure}"`;

const asDouble = (value: string) => `CAST(${value} AS DOUBLE)`;
const directSql = ({ aggregate, sql }: Omit<Measure, 'name'>) => direct[aggregate](sql);

/** What a slice tells of its rows, so that the whole can be joined. */
function partsOf(aggregate: Measure['aggregate'], value: string, measure: number): string[] {
  const count = `count(${value}) AS ${part('n', measure)}`;
  const sum = `sum(${asDouble(value)}) AS ${part('sum', measure)}`;
  const squares = `var_pop(${asDouble(value)}) * count(${value}) AS ${part('squares', measure)}`;
  if (aggregate === 'count') return [count];
  if (aggregate === 'sum') return [sum];
  if (aggregate === 'mean') return [count, sum];
  if (aggregate === 'deviation') return [count, sum, squares];
  return [`${direct[aggregate](value)} AS ${part('end', measure)}`];
}

function joinedSql(aggregate: Measure['aggregate'], measure: number): string {
  const all = (name: string) => `sum(${part(name, measure)})`;
  if (aggregate === 'count') return `CAST(${all('n')} AS BIGINT)`;
  if (aggregate === 'sum') return all('sum');
  if (aggregate === 'mean') return `${all('sum')} / nullif(${all('n')}, 0)`;
  if (aggregate === 'deviation') {
    const mean = `${part('sum', measure)} / nullif(${part('n', measure)}, 0)`;
    const about = `sum(${part('n', measure)} * pow(${mean} - ${part('mean', measure)}, 2))`;
    return `sqrt((${all('squares')} + ${about}) / nullif(${all('n')}, 0))`;
  }
  return `${aggregate}(${part('end', measure)})`;
}

/** The mean of the whole beside each part. */
function wholeMean(keys: readonly string[], measure: number): string {
  const partition = keys.length > 0 ? `PARTITION BY ${keys.join(', ')} ` : '';
  const over = `OVER (${partition}ORDER BY ${place} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`;
  const [n, sum] = [part('n', measure), part('sum', measure)];
  return `sum(${sum}) ${over} / nullif(sum(${n}) ${over}, 0) AS ${part('mean', measure)}`;
}
