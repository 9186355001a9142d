import { problem } from '../problem';
import type { Column } from '../types/ports';
import { isChosen, isNumberColumn, unknownColumn } from './columns';
import { type ColumnContext, defineStep } from './define-step';
import { fittedNumber } from './fitted-values';
import { quoteNumber } from './sql';

interface ClipParams {
  readonly columns: readonly string[];
  readonly method: 'iqr' | 'percentile' | 'bounds';
  /** `iqr`: how many interquartile ranges beyond the quartiles (Tukey's fences have 1.5). */
  readonly factor: number;
  /** `percentile`: shares between 0 and 1. `bounds`: the bounds themselves. */
  readonly lower: number;
  readonly upper: number;
  readonly [key: string]: readonly string[] | string | number;
}

const touches = (column: Column, { columns }: ClipParams) =>
  isNumberColumn(column) && isChosen(column, columns, ({ type }) => type.kind === 'float' || type.kind === 'int');

/** Moves outliers to the nearest bound; missing values stay missing. */
export const clip = defineStep<ClipParams>({
  name: 'clip',
  columns: (columns, params) => {
    const unknown = unknownColumn(columns, params.columns);
    if (unknown) return unknown;
    if (params.method !== 'iqr' && params.lower >= params.upper) {
      return problem('bounds-crossed', { lower: params.lower, upper: params.upper }, { param: 'lower' });
    }
    return columns;
  },
  fit: (columns, params) => {
    if (params.method === 'bounds') return {};
    return Object.fromEntries(columns.map(({ column, sql }) => [column.name, boundsSql(sql, params)]));
  },
  sql: ({ column, sql }, context) => {
    const [low, high] = bounds(column, context);
    return `CASE WHEN ${sql} IS NULL THEN NULL ELSE least(greatest(${sql}, ${quoteNumber(low)}), ${quoteNumber(high)}) END`;
  },
  apply: (b, { column, value }, context) => {
    const [low, high] = bounds(column, context);
    const clipped = b.minimum(b.maximum(value, b.constant(low, value.type.dtype)), b.constant(high, value.type.dtype));
    // Runtimes disagree on what the maximum of a number and NaN is.
    return b.select(b.value('isNaN', { x: value }), value, clipped);
  },
  touches,
  samples: [
    {
      columns: [{ name: 'x', type: { kind: 'float' }, role: 'feature' }],
      rows: [[1], [2], [3], [4], [100], [-50], [null]],
      params: { columns: [], method: 'iqr', factor: 1.5, lower: 0, upper: 1 },
    },
    {
      columns: [{ name: 'x', type: { kind: 'int' }, role: 'feature' }],
      rows: [[1], [2], [3], [4], [100], [-50], [null]],
      params: { columns: [], method: 'percentile', factor: 1.5, lower: 0.1, upper: 0.9 },
    },
    {
      columns: [{ name: 'x', type: { kind: 'float' }, role: 'feature' }],
      rows: [[1], [2.5], [-3], [null]],
      params: { columns: [], method: 'bounds', factor: 1.5, lower: -1, upper: 2 },
    },
  ],
});

function boundsSql(sql: string, { method, factor, lower, upper }: ClipParams): Record<string, string> {
  const quantile = (share: number) => `CAST(quantile_cont(${sql}, ${share}) AS DOUBLE)`;
  if (method === 'percentile') return { low: quantile(lower), high: quantile(upper) };
  const reach = `${quoteNumber(factor)} * (${quantile(0.75)} - ${quantile(0.25)})`;
  return { low: `${quantile(0.25)} - ${reach}`, high: `${quantile(0.75)} + ${reach}` };
}

function bounds({ name }: Column, { fitted, params }: ColumnContext<ClipParams>): [low: number, high: number] {
  if (params.method === 'bounds') return [params.lower, params.upper];
  return [fittedNumber(fitted, 'low', name), fittedNumber(fitted, 'high', name)];
}
