import type { Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';
import type { ProgramColumn } from '../define-step';
import { comparesText } from './check';
import { lookupFunction } from './functions';
import { columnsRead, type Expression } from './syntax';

export type ProgramColumns = ReadonlyMap<string, ProgramColumn>;

/**
 * A checked expression as ops over columns as they enter a program: float32 `[batch]`, float64 where one of the numbers
 * is; a truth is 0 or 1 in float32.
 */
export function expressionOps(b: ProgramBuilder, expression: Expression, given: ProgramColumns): Value {
  const isWide = columnsRead(expression).some((name) => given.get(name)?.value.type.dtype === 'float64');
  return partOps(b, expression, { given, numbers: isWide ? 'float64' : 'float32' });
}

interface Surrounding {
  readonly given: ProgramColumns;
  /** The element type of all its numbers. */
  readonly numbers: 'float32' | 'float64';
}

function partOps(b: ProgramBuilder, expression: Expression, surrounding: Surrounding): Value {
  switch (expression.kind) {
    case 'number':
      return b.constant(expression.value, surrounding.numbers);
    case 'column':
      return columnOps(b, find(surrounding.given, expression.name), surrounding.numbers);
    case 'call':
      return callOps(b, expression, surrounding);
    case 'text':
      throw new Error('A text stands alone in an expression, which checking did not refuse.');
  }
}

function find(given: ProgramColumns, name: string): ProgramColumn {
  const column = given.get(name);
  if (!column) throw new Error(`The program has no column "${name}".`);
  return column;
}

/** A missing truth is false. */
function columnOps(b: ProgramBuilder, { column, value }: ProgramColumn, numbers: Surrounding['numbers']): Value {
  if (column.type.kind !== 'bool') return b.cast(value, numbers);
  return b.cast(b.compare('greater', b.cast(value, 'float32'), b.constant(0.5)), 'float32');
}

function callOps(b: ProgramBuilder, call: Extract<Expression, { kind: 'call' }>, surrounding: Surrounding): Value {
  const { given } = surrounding;
  const columns = new Map([...given].map(([name, { column }]) => [name, column]));
  if (comparesText(call, columns)) return textOps(b, call, given);
  const known = lookupFunction(call.name);
  if (!known) throw new Error(`An expression calls ${call.name}, which checking did not refuse.`);
  return known.ops(b, ...call.inputs.map((input) => partOps(b, input, surrounding)));
}

/** Texts are codes in programs: their place in the column's classes; one that is none of them equals no row. */
function textOps(
  b: ProgramBuilder,
  { name, inputs }: Extract<Expression, { kind: 'call' }>,
  given: ProgramColumns,
): Value {
  const named = inputs.find((input) => input.kind === 'column');
  const text = inputs.find((input) => input.kind === 'text');
  const { column, value } = find(given, named?.kind === 'column' ? named.name : '');
  const { classes = [] } = column;
  const code = text?.kind === 'text' ? classes.indexOf(text.value) : classes.length + 1;
  const equal = b.cast(b.compare('equal', b.cast(value, 'float32'), b.constant(code)), 'float32');
  return name === 'notEqual' ? b.subtract(b.constant(1), equal) : equal;
}
