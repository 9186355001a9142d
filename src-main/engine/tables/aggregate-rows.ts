import type { DuckDBValue } from '@duckdb/node-api';
import type { FittedColumn } from '../../../src-shared/recipe/define-step';
import type { AggregateRequest } from '../../../src-shared/runs/run-context';
import type { SomeRows } from './choose-rows';
import type { Database } from './database';
import { plainValue } from './plain-value';
import { type Measure, partName, selectDirect, selectParts, sliceAggregates } from './slice-parts';

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
  if (measures.length > 0) Object.assign(found, await aggregateWhole(database, slices, measures));
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

/**
 * Measures of all rows of some slices: as `aggregateSlices` without columns to group by, with the few numbers joined here,
 * in the slices' order, which takes less time than to keep them in tables and to plan a query over those.
 */
export async function aggregateWhole(
  database: Database,
  slices: readonly SomeRows[],
  measures: readonly Measure[],
): Promise<Record<string, DuckDBValue>> {
  const isOne = slices.length === 1;
  const list = isOne ? measures.map(selectDirect) : measures.flatMap(selectParts);
  const queries = slices.map(({ from, condition }) => `SELECT ${list.join(', ')} FROM ${from} WHERE ${condition}`);
  const parts = (await database.rowsOfEach(queries)).flat();
  const [only] = parts;
  if (isOne && only) return only;
  const numbers = (name: string) =>
    parts.map((part) => part[name] ?? null).flatMap((value) => (value === null ? [] : [Number(value)]));
  return Object.fromEntries(
    measures.map(({ name, aggregate }, i) => {
      return [name, sliceAggregates[aggregate].join((part) => numbers(partName(part, i)))];
    }),
  );
}
