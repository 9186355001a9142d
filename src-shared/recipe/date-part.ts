import { problem } from '../problem';
import type { Column } from '../types/ports';
import { Calendar, type DatePart, dateParts, millisecondsOfDay } from './calendar';
import { rawSql } from './columns';
import { defineStep } from './define-step';

type DatePartParams = {
  /** The name of the new column. */
  readonly name: string;
  /** The column of times that it is a part of. */
  readonly column: string;
  readonly part: DatePart;
  /** A part that repeats may be the sine or cosine of where it stands in its cycle: December lies beside January. */
  readonly as: 'number' | 'sine' | 'cosine';
  /** For `days`: milliseconds since 1970 of the moment they are counted from. */
  readonly since: number;
  /** As later nodes set it. */
  readonly role: Column['role'];
};

/** Leap days, ends of days and years, before 1970, and a missing one. */
const sampleTimes = [
  0,
  -1,
  Date.UTC(2000, 1, 29, 23, 59, 59, 999),
  Date.UTC(1900, 2, 1),
  Date.UTC(2024, 11, 31, 12, 30),
  Date.UTC(1969, 11, 31, 23, 59),
  null,
];

/**
 * A part of a time as a new column: in SQL while the table is read, as ops in front of the model. A missing time has
 * missing parts.
 */
export const datePart = defineStep<DatePartParams>({
  name: 'datePart',
  columns: (columns, params) => {
    const source = columns.find(({ name }) => name === params.column);
    if (!source) {
      const known = columns.map(({ name }) => name).join(', ');
      return problem('column-not-found', { column: params.column, columns: known }, { param: 'columns' });
    }
    if (source.type.kind !== 'time') return problem('not-a-time', { column: source.name }, { param: 'columns' });
    const twin = columns.find(({ name }) => name.toLowerCase() === params.name.toLowerCase());
    if (twin) return problem('derive-name-taken', { column: twin.name }, { param: 'columns' });
    return [...columns, partColumn(source, params)];
  },
  reads: (_columns, { column }) => [column],
  adds: {
    columns: ({ name }) => [name],
    sql: (columns, params) => {
      const source = columns.find(({ name }) => name === params.column);
      return { [params.name]: partSql(source ? rawSql(source) : 'NULL', params) };
    },
    apply: (b, given, { name, column, part, as, since }) => {
      const source = given.get(column);
      if (!source) throw new Error(`The program has no column "${column}".`);
      const { ops, cycle } = dateParts[part];
      const calendar = new Calendar(b, source.value);
      const number = ops(calendar, since);
      if (as === 'number' || !cycle) return { [name]: b.cast(number, 'float32') };
      const share = b.cast(calendar.quotient(calendar.plus(number, -cycle.first), cycle.length), 'float32');
      return { [name]: b.value(as === 'sine' ? 'sin' : 'cos', { x: b.scale(share, 2 * Math.PI) }) };
    },
    withRole: (params, role) => ({ ...params, role }),
  },
  touches: () => false,
  samples: (Object.keys(dateParts) as DatePart[]).flatMap((part) =>
    (dateParts[part].cycle ? (['number', 'sine', 'cosine'] as const) : (['number'] as const)).map((as) => ({
      columns: [{ name: 'at', type: { kind: 'time' }, role: 'ignore' }],
      rows: sampleTimes.map((time) => [time]),
      params: { name: 'part', column: 'at', part, as, since: Date.UTC(2000, 0, 1), role: 'feature' },
    })),
  ),
});

function partSql(ms: string, { part, as, since }: DatePartParams): string {
  const { sql, cycle } = dateParts[part];
  const number = sql(ms, since);
  if (as === 'number' || !cycle) return number;
  const angle = `2 * pi() * (${number} - ${cycle.first}) / ${cycle.length}::DOUBLE`;
  return `${as === 'sine' ? 'sin' : 'cos'}(${angle})`;
}

function partColumn(source: Column, params: DatePartParams): Column {
  const { name, part, as, role } = params;
  const nulls = source.nulls === undefined ? {} : { nulls: source.nulls };
  const { cycle } = dateParts[part];
  if (cycle && as !== 'number') return { name, role, type: { kind: 'float' }, range: [-1, 1], ...nulls };
  const ends = cycle ? ([cycle.first, cycle.first + cycle.length - 1] as const) : rangeOf(source, params);
  const isShort = cycle !== undefined && cycle.length < 100;
  const classes = isShort ? { classes: Array.from({ length: cycle.length }, (_, i) => String(cycle.first + i)) } : {};
  const type = { kind: part === 'days' ? 'float' : 'int' } as const;
  return { name, role, type, ...(ends ? { range: ends } : {}), ...classes, ...nulls };
}

function rangeOf({ range }: Column, { part, since }: DatePartParams): readonly [number, number] | undefined {
  if (!range) return undefined;
  const [low, high] = range.map((ms) => {
    return part === 'year' ? new Date(ms).getUTCFullYear() : (ms - since) / millisecondsOfDay;
  });
  return low !== undefined && high !== undefined && Number.isFinite(low) && Number.isFinite(high)
    ? [low, high]
    : undefined;
}
