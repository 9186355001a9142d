import type { Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';
import { type Problem, problem } from '../problem';
import type { Aggregate } from '../runs/run-context';
import type { Column } from '../types/ports';
import { isChosen, isClassColumn, unknownColumn, withoutNulls } from './columns';
import { type ColumnContext, defineStep } from './define-step';
import { fittedNumber, fittedText, mostFrequentSql } from './fitted-values';
import { quoteNumber, quoteText } from './sql';

interface ImputeParams {
  readonly columns: readonly string[];
  readonly strategy: 'mean' | 'median' | 'mostFrequent' | 'constant';
  /** What `constant` fills in: a number, or the name of a class. */
  readonly value: string;
  readonly [key: string]: readonly string[] | string;
}

const touches = (column: Column, { columns }: ImputeParams) =>
  column.type.kind !== 'tensor' && isChosen(column, columns, ({ type }) => type.kind !== 'time');

/** Fills in missing values. Columns of classes take their most frequent class unless the strategy is a constant. */
export const impute = defineStep<ImputeParams>({
  name: 'impute',
  columns: (columns, params) => {
    const wrong =
      unknownColumn(columns, params.columns) ??
      columns
        .filter((column) => touches(column, params))
        .map((column) => constantProblem(column, params))
        .find((found) => found !== undefined);
    return wrong ?? columns.map((column) => (touches(column, params) ? withoutNulls(column) : column));
  },
  fit: (columns, params) => {
    if (params.strategy === 'constant') return {};
    return Object.fromEntries(
      columns.map(({ column, sql }) => [column.name, { value: aggregate(column, sql, params) }]),
    );
  },
  sql: ({ column, sql }, context) => {
    const value = replacement(column, context);
    return `coalesce(${sql}, ${typeof value === 'number' ? quoteNumber(value) : quoteText(value)})`;
  },
  apply: (b, { column, value }, context) => {
    const fill = replacement(column, context);
    if (typeof fill === 'number') return fillNumbers(b, value, fill);
    const { classes = [] } = column;
    const missing = b.compare('equal', value, b.constant(classes.length + 1, 'int32'));
    return b.select(missing, b.broadcastLike(b.constant(classes.indexOf(fill), 'int32'), value), value);
  },
  touches,
  samples: [
    {
      columns: [
        { name: 'x', type: { kind: 'float' }, role: 'feature' },
        { name: 'c', type: { kind: 'string' }, role: 'feature', classes: ['a', 'b', 'c'] },
      ],
      rows: [
        [1, 'b'],
        [null, 'a'],
        [4, null],
        [2.5, 'b'],
        [-7, 'c'],
      ],
      params: { columns: [], strategy: 'median', value: '' },
    },
    {
      columns: [
        { name: 'x', type: { kind: 'float' }, role: 'feature' },
        { name: 'y', type: { kind: 'int' }, role: 'feature' },
      ],
      rows: [
        [1, 3],
        [null, 3],
        [4, null],
        [2.5, 8],
      ],
      params: { columns: [], strategy: 'mean', value: '' },
    },
    {
      columns: [{ name: 'e"; --', type: { kind: 'int' }, role: 'feature' }],
      rows: [[3], [9], [3], [9], [null], [1]],
      params: { columns: [], strategy: 'mostFrequent', value: '' },
    },
    {
      columns: [{ name: 'x', type: { kind: 'float' }, role: 'feature' }],
      rows: [[1], [null]],
      params: { columns: [], strategy: 'constant', value: '-1.5' },
    },
  ],
});

function aggregate(column: Column, sql: string, { strategy }: ImputeParams): Aggregate {
  if (isClassColumn(column) || strategy === 'mostFrequent') return mostFrequentSql(sql);
  return strategy === 'median' ? `median(${sql})` : { aggregate: 'mean', sql };
}

function replacement(column: Column, { fitted, params }: ColumnContext<ImputeParams>): number | string {
  if (isClassColumn(column)) {
    return params.strategy === 'constant' ? params.value : fittedText(fitted, 'value', column.name);
  }
  return params.strategy === 'constant' ? Number(params.value) : fittedNumber(fitted, 'value', column.name);
}

function fillNumbers(b: ProgramBuilder, value: Value, fill: number): Value {
  return b.select(b.value('isNaN', { x: value }), b.broadcastLike(b.constant(fill, value.type.dtype), value), value);
}

function constantProblem(column: Column, { strategy, value }: ImputeParams): Problem | undefined {
  if (strategy !== 'constant') return undefined;
  if (!isClassColumn(column)) {
    const isNumber = value.trim() !== '' && Number.isFinite(Number(value));
    return isNumber ? undefined : problem('constant-not-a-number', { column: column.name, value }, { param: 'value' });
  }
  if (!column.classes || column.classes.includes(value)) return undefined;
  return problem('constant-not-a-class', { column: column.name, value }, { param: 'value' });
}
