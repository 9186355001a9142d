import type { Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';
import type { ProgramColumn } from '../define-step';
import { comparesText } from './check';
import { lookupFunction } from './functions';
import type { Expression } from './syntax';

export type ProgramColumns = ReadonlyMap<string, ProgramColumn>;

/** A checked expression as ops over columns as they enter a program: float32 `[batch]`; a truth is 0 or 1. */
export function expressionOps(b: ProgramBuilder, expression: Expression, given: ProgramColumns): Value {
  switch (expression.kind) {
    case 'number':
      return b.constant(expression.value);
    case 'column':
      return columnOps(b, find(given, expression.name));
    case 'call':
      return callOps(b, expression, given);
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
function columnOps(b: ProgramBuilder, { column, value }: ProgramColumn): Value {
  const x = b.cast(value, 'float32');
  return column.type.kind === 'bool' ? b.cast(b.compare('greater', x, b.constant(0.5)), 'float32') : x;
}

function callOps(b: ProgramBuilder, call: Extract<Expression, { kind: 'call' }>, given: ProgramColumns): Value {
  const columns = new Map([...given].map(([name, { column }]) => [name, column]));
  if (comparesText(call, columns)) return textOps(b, call, given);
  const known = lookupFunction(call.name);
  if (!known) throw new Error(`An expression calls ${call.name}, which checking did not refuse.`);
  return known.ops(b, ...call.inputs.map((input) => expressionOps(b, input, given)));
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
