import type { DuckDBValue } from '@duckdb/node-api';
import { type Measure, partName, partsOf } from './aggregate-slices';
import type { SomeRows } from './choose-rows';
import type { Database } from './database';

type Part = Readonly<Record<string, DuckDBValue>>;

/**
 * Measures of all rows of some slices, which a thread each aggregates: as `aggregateSlices` without columns to group by,
 * with the few numbers joined here, in the slices' order.
 */
export async function aggregateWhole(
  database: Database,
  slices: readonly SomeRows[],
  measures: readonly Measure[],
): Promise<Record<string, number | null>> {
  const list = measures.flatMap(({ aggregate, sql }, i) => partsOf(aggregate, sql, i)).join(', ');
  const found = await database.rowsOfEach(
    slices.map(({ from, condition }) => `SELECT ${list} FROM ${from} WHERE ${condition}`),
  );
  const parts = found.flat();
  return Object.fromEntries(measures.map(({ name, aggregate }, i) => [name, joinParts(aggregate, parts, i)]));
}

/** Null where there are no rows. */
function joinParts(aggregate: Measure['aggregate'], parts: readonly Part[], measure: number): number | null {
  const numbers = (name: string) =>
    parts
      .map((part) => part[partName(name, measure)] ?? null)
      .flatMap((value) => (value === null ? [] : [Number(value)]));
  const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0);
  if (aggregate === 'count') return sum(numbers('n'));
  if (aggregate === 'min' || aggregate === 'max') {
    const ends = numbers('end');
    return ends.length === 0 ? null : ends.reduce((a, b) => Math[aggregate](a, b));
  }
  const sums = numbers('sum');
  if (sums.length === 0) return null;
  if (aggregate === 'sum') return sum(sums);
  // A slice without rows has no sum; the others keep their order.
  const counts = numbers('n').filter((count) => count > 0);
  const count = sum(counts);
  const mean = sum(sums) / count;
  if (aggregate === 'mean') return mean;
  const about = counts.map((n, i) => n * ((sums[i] ?? 0) / n - mean) ** 2);
  return Math.sqrt((sum(numbers('squares')) + sum(about)) / count);
}
