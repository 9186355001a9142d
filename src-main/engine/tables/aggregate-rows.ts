import type { DuckDBValue } from '@duckdb/node-api';
import type { FittedColumn } from '../../../src-shared/recipe/define-step';
import type { AggregateRequest } from '../../../src-shared/runs/run-context';
import { aggregateSlices } from './aggregate-slices';
import type { SomeRows } from './choose-rows';
import type { Database } from './database';
import { plainValue } from './plain-value';

/** The aggregates of the rows of some slices, by column and name. */
export async function aggregateRows(
  database: Database,
  slices: readonly SomeRows[],
  request: AggregateRequest,
): Promise<Record<string, FittedColumn>> {
  const asked = Object.entries(request).flatMap(([column, named]) =>
    Object.entries(named).map(([name, aggregate]) => ({ column, name, aggregate })),
  );
  const measures = asked.flatMap(({ aggregate }, i) =>
    typeof aggregate === 'string' ? [] : [{ name: `a${i}`, ...aggregate }],
  );
  const wholes = asked.flatMap(({ aggregate }, i) =>
    typeof aggregate === 'string' ? [`${aggregate} AS "a${i}"`] : [],
  );
  const found: Record<string, DuckDBValue> = {};
  if (measures.length > 0) {
    const { sql, drop } = await aggregateSlices(database, slices, { by: [], measures });
    Object.assign(found, ...(await database.rows(sql).finally(drop)));
  }
  if (wholes.length > 0)
    Object.assign(found, ...(await database.rows(`SELECT ${wholes.join(', ')} FROM ${all(slices)}`)));
  const result: Record<string, Record<string, string | number | null>> = {};
  for (const column of Object.keys(request)) result[column] = {};
  asked.forEach(({ column, name }, i) => {
    const target = result[column];
    if (target) target[name] = plainValue(found[`a${i}`]);
  });
  return result;
}

function all(slices: readonly SomeRows[]): string {
  return `(${slices.map(({ from, condition }) => `SELECT * FROM ${from} WHERE ${condition}`).join(' UNION ALL ')})`;
}
