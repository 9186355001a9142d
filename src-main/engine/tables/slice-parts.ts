import { quoteName } from '../../../src-shared/recipe/sql';
import type { aggregates } from '../../../src-shared/runs/run-context';

/** One number of some rows; `sql` gives it a value for each, or is `*` where rows are counted. */
export interface Measure {
  readonly name: string;
  readonly aggregate: (typeof aggregates)[number];
  readonly sql: string;
}

/** How an aggregate of all rows comes from those of slices. `value` is SQL for each row's, `place` tells measures apart. */
interface SliceAggregate {
  /** SQL for rows that are no more than one slice. */
  readonly direct: (value: string) => string;
  /** What a slice tells of its rows: SQL by the name of a column. */
  readonly parts: (value: string) => Readonly<Partial<Record<PartName, string>>>;
  /** SQL over the slices' columns, in the slices' order. */
  readonly joined: (part: (name: PartName | 'mean') => string) => string;
  /** The same of a few numbers; `part` gives those of the slices that have any. Null where there are none. */
  readonly join: (part: (name: PartName) => readonly number[]) => number | null;
}

type PartName = 'n' | 'sum' | 'squares' | 'end';

const asDouble = (value: string) => `CAST(${value} AS DOUBLE)`;
const add = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const n = (value: string) => `count(${value})`;
const sum = (value: string) => `sum(${asDouble(value)})`;

const end = (name: 'min' | 'max'): SliceAggregate => ({
  direct: (value) => `${name}(${value})`,
  parts: (value) => ({ end: `${name}(${value})` }),
  joined: (part) => `${name}(${part('end')})`,
  join: (part) => {
    const [first, ...others] = part('end');
    return first === undefined ? null : others.reduce((a, b) => Math[name](a, b), first);
  },
});

/**
 * By name. Deviations are joined as by Chan, Golub and LeVeque (1983): squares about each slice's own mean, and those of the
 * means about the whole one.
 */
export const sliceAggregates: Readonly<Record<Measure['aggregate'], SliceAggregate>> = {
  count: {
    direct: (value) => `count(${value})`,
    parts: (value) => ({ n: n(value) }),
    joined: (part) => `CAST(sum(${part('n')}) AS BIGINT)`,
    join: (part) => add(part('n')),
  },
  sum: {
    direct: sum,
    parts: (value) => ({ sum: sum(value) }),
    joined: (part) => `sum(${part('sum')})`,
    join: (part) => (part('sum').length === 0 ? null : add(part('sum'))),
  },
  mean: {
    direct: (value) => `avg(${asDouble(value)})`,
    parts: (value) => ({ n: n(value), sum: sum(value) }),
    joined: (part) => `sum(${part('sum')}) / nullif(sum(${part('n')}), 0)`,
    join: meanOf,
  },
  deviation: {
    direct: (value) => `stddev_pop(${asDouble(value)})`,
    parts: (value) => ({ n: n(value), sum: sum(value), squares: `var_pop(${asDouble(value)}) * count(${value})` }),
    joined: (part) => {
      const about = `${part('n')} * pow(${part('sum')} / nullif(${part('n')}, 0) - ${part('mean')}, 2)`;
      return `sqrt((sum(${part('squares')}) + sum(${about})) / nullif(sum(${part('n')}), 0))`;
    },
    join: (part) => {
      const mean = meanOf(part);
      if (mean === null) return null;
      const sums = part('sum');
      // A slice without values has no sum.
      const counts = part('n').filter((count) => count > 0);
      const about = counts.map((count, i) => count * ((sums[i] ?? 0) / count - mean) ** 2);
      return Math.sqrt((add(part('squares')) + add(about)) / add(counts));
    },
  },
  min: end('min'),
  max: end('max'),
};

function meanOf(part: (name: PartName) => readonly number[]): number | null {
  const sums = part('sum');
  return sums.length === 0 ? null : add(sums) / add(part('n'));
}

/** The name of a column of a slice's row, which no other column has. */
export function partName(name: PartName | 'mean', measure: number): string {
  return `\u0001${name}${measure}`;
}

/** The same in SQL. */
export function partColumn(name: PartName | 'mean', measure: number): string {
  return quoteName(partName(name, measure));
}

/** What to select where there is one slice. */
export function selectDirect({ name, aggregate, sql }: Measure): string {
  return `${sliceAggregates[aggregate].direct(sql)} AS ${quoteName(name)}`;
}

/** What to select of one of several slices for the measure at a place. */
export function selectParts({ aggregate, sql: value }: Measure, measure: number): string[] {
  const parts = sliceAggregates[aggregate].parts(value);
  return Object.entries(parts).map(([name, sql]) => `${sql} AS ${partColumn(name as PartName, measure)}`);
}
