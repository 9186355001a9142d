import type { Column } from '../../types/ports';
import { quoteName, quoteNumber, quoteText } from '../sql';
import { comparesText } from './check';
import { lookupFunction } from './functions';
import type { Expression } from './syntax';

type Columns = ReadonlyMap<string, Column>;

/** A checked expression in DuckDB's SQL. Nothing of what a person wrote gets there but numbers, texts and names. */
export function expressionSql(expression: Expression, columns: Columns): string {
  switch (expression.kind) {
    case 'number':
      return quoteNumber(expression.value);
    case 'text':
      return quoteText(expression.value);
    case 'column':
      return columnSql(expression.name, columns);
    case 'call':
      return callSql(expression, columns);
  }
}

/** The rows where a checked expression holds, as a condition: where it says NULL a row goes, as where it says false. */
export function conditionSql(expression: Expression, columns: Columns): string {
  if (expression.kind === 'call' && (expression.name === 'and' || expression.name === 'or')) {
    const parts = expression.inputs.map((input) => conditionSql(input, columns));
    return `(${parts.join(expression.name === 'and' ? ' AND ' : ' OR ')})`;
  }
  return plainComparison(expression, columns) ?? expressionSql(expression, columns);
}

const signs: Readonly<Record<string, string>> = {
  equal: '=',
  less: '<',
  lessEqual: '<=',
  greater: '>',
  greaterEqual: '>=',
};

/** A column beside a number, without casts: DuckDB can then skip what a file's statistics exclude. */
function plainComparison(expression: Expression, columns: Columns): string | undefined {
  if (expression.kind !== 'call') return undefined;
  const sign = Object.hasOwn(signs, expression.name) ? signs[expression.name] : undefined;
  const [left, right] = expression.inputs;
  if (!sign || left?.kind !== 'column' || right?.kind !== 'number') return undefined;
  const kind = columns.get(left.name)?.type.kind;
  if (kind !== 'int' && kind !== 'float') return undefined;
  const value = Number.isSafeInteger(right.value) ? String(right.value) : quoteNumber(right.value);
  return `(${quoteName(left.name)} ${sign} ${value})`;
}

function columnSql(name: string, columns: Columns): string {
  const quoted = quoteName(name);
  const kind = columns.get(name)?.type.kind;
  if (kind === 'bool') return `coalesce(${quoted}, false)`;
  if (kind === 'string') return `CAST(${quoted} AS VARCHAR)`;
  return kind === 'time' ? `CAST(epoch_ms(${quoted}) AS DOUBLE)` : `CAST(${quoted} AS DOUBLE)`;
}

function callSql(call: Extract<Expression, { kind: 'call' }>, columns: Columns): string {
  const inputs = call.inputs.map((input) => expressionSql(input, columns));
  // An empty text counts as missing, as everywhere.
  if (call.name === 'isMissing' && comparesText(call, columns)) return `coalesce(${inputs[0]} = '', true)`;
  const known = lookupFunction(call.name);
  if (!known) throw new Error(`An expression calls ${call.name}, which checking did not refuse.`);
  return known.sql(...inputs);
}
