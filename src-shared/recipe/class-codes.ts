import type { Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';
import { type Problem, problem } from '../problem';
import type { Column } from '../types/ports';
import { isChosen, isClassColumn, unknownColumn } from './columns';
import type { ColumnContext, SqlColumn, StepDefinition } from './define-step';
import { classesProblem } from './features';
import { fittedText, mostFrequentSql } from './fitted-values';
import { quoteText } from './sql';

/** What becomes of a value that was never seen, or is missing, when a column is encoded. */
export type UnknownPolicy = 'bucket' | 'mostFrequent' | 'error';

export interface EncodeParams {
  readonly columns: readonly string[];
  readonly unknown: UnknownPolicy;
  readonly [key: string]: readonly string[] | string;
}

/** The target is encoded by its classes already, by whoever reads it. */
export function touchesClasses(column: Column, { columns }: EncodeParams): boolean {
  return column.role !== 'target' && column.type.kind !== 'tensor' && isChosen(column, columns, isClassColumn);
}

/** Why the named or chosen columns cannot be encoded. */
export function encodeProblem(columns: readonly Column[], params: EncodeParams): Problem | undefined {
  const unknown = unknownColumn(columns, params.columns);
  if (unknown) return unknown;
  for (const column of columns.filter((each) => touchesClasses(each, params))) {
    const { name, nulls, classes } = column;
    if (!classes) {
      return isClassColumn(column)
        ? classesProblem(column)
        : problem('not-classes', { column: name }, { param: 'columns' });
    }
    if (params.unknown === 'error' && nulls !== undefined && nulls > 0) {
      return problem(
        'missing-under-error-policy',
        { column: name, nulls },
        { param: 'unknown', fix: { code: 'insert-node', mends: 'missing-values' } },
      );
    }
  }
  return undefined;
}

/** How many codes there are once the policy is applied: the bucket is one more. */
export function codeCount({ classes = [] }: Column, { unknown }: EncodeParams): number {
  return unknown === 'bucket' ? classes.length + 1 : classes.length;
}

/** The class that stands in for unknown values, under the policy `mostFrequent`. */
export const fitMostFrequent: NonNullable<StepDefinition<EncodeParams>['fit']> = (columns, { unknown }) => {
  if (unknown !== 'mostFrequent') return {};
  return Object.fromEntries(
    columns.map(({ column, sql }) => [column.name, { value: mostFrequentSql(`CAST(${sql} AS VARCHAR)`) }]),
  );
};

/** SQL of the code under the policy; `classes.length` for the bucket, and for what the policy `error` refuses. */
export function codeSql({ column, sql }: SqlColumn, { fitted, params }: ColumnContext<EncodeParams>): string {
  const { classes = [] } = column;
  const known = classes.map((name, code) => `WHEN ${quoteText(textInSql(column, name))} THEN ${code}`);
  return `CASE CAST(${sql} AS VARCHAR) ${known.join(' ')} ELSE ${fallbackCode(column, { fitted, params })} END`;
}

/** Truth values are 0 and 1 by the time they reach a step. */
function textInSql({ type }: Column, name: string): string {
  return type.kind === 'bool' ? String(Number(name === 'true')) : name;
}

/** The same code as ops: int32 `[batch]`. */
export function codeValue(
  b: ProgramBuilder,
  { column, value }: { readonly column: Column; readonly value: Value },
  context: ColumnContext<EncodeParams>,
): Value {
  const count = column.classes?.length ?? 0;
  const codes = value.type.dtype === 'int32' ? value : codesOfNumbers(b, { column, value });
  const fallback = b.broadcastLike(b.constant(fallbackCode(column, context), 'int32'), codes);
  return b.select(b.compare('greater', codes, b.constant(count - 1, 'int32')), fallback, codes);
}

function fallbackCode(column: Column, { fitted, params }: ColumnContext<EncodeParams>): number {
  const { classes = [], name } = column;
  if (params.unknown !== 'mostFrequent') return classes.length;
  const text = fittedText(fitted, 'value', name);
  return classes.findIndex((each) => textInSql(column, each) === text);
}

/** Numbers that are used as classes: n + Σ (x = classᵢ) · (i − n), so that what equals none gets n. */
function codesOfNumbers(
  b: ProgramBuilder,
  { column, value }: { readonly column: Column; readonly value: Value },
): Value {
  const numbers = (column.classes ?? []).map((name) => Number(textInSql(column, name)));
  const count = numbers.length;
  const equal = b.cast(
    b.compare('equal', b.reshape(value, ['batch', 1]), b.constant(numbers, value.type.dtype)),
    'float32',
  );
  const weights = b.constant(numbers.map((_, code) => code - count));
  const codes = b.add(b.sum(b.multiply(equal, weights), [1]), b.constant(count));
  return b.cast(codes, 'int32');
}
