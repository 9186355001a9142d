import { isProblem, type Problem, problem } from '../../problem';
import type { Column } from '../../types/ports';
import { functionNames, lookupFunction, type ValueKind } from './functions';
import { parseExpression } from './parse';
import type { Expression } from './syntax';

/** What a person is told that a value is. */
const columnKinds: Readonly<Record<Column['type']['kind'], ValueKind | undefined>> = {
  float: 'number',
  int: 'number',
  time: 'number',
  bool: 'truth',
  string: 'text',
  tensor: undefined,
};

export interface Checked {
  readonly expression: Expression;
  readonly kind: ValueKind;
}

/**
 * Reads an expression over some columns.
 * @returns the expression with what it gives, or the first thing that is wrong: `expression-*`, `column-not-found`
 */
export function checkExpression(source: string, columns: readonly Column[]): Checked | Problem {
  const expression = parseExpression(source);
  if (isProblem(expression)) return expression;
  const kind = kindOf(expression, new Map(columns.map((column) => [column.name, column])));
  return isProblem(kind) ? kind : { expression, kind };
}

type Columns = ReadonlyMap<string, Column>;

function kindOf(expression: Expression, columns: Columns): ValueKind | Problem {
  if (expression.kind === 'column') return kindOfColumn(expression.name, columns);
  return expression.kind === 'call' ? kindOfCall(expression, columns) : expression.kind;
}

function kindOfColumn(name: string, columns: Columns): ValueKind | Problem {
  const column = columns.get(name);
  if (!column) return problem('column-not-found', { column: name, columns: [...columns.keys()].join(', ') });
  return columnKinds[column.type.kind] ?? problem('expression-of-tensor', { column: name });
}

type Call = Extract<Expression, { kind: 'call' }>;

function kindOfCall(call: Call, columns: Columns): ValueKind | Problem {
  const known = lookupFunction(call.name);
  const place = call.at + 1;
  if (!known) {
    return problem('expression-no-function', { name: call.name, place, known: functionNames.join(', ') });
  }
  if (known.inputs.length !== call.inputs.length) {
    const values = { name: call.name, place, wanted: known.inputs.length, given: call.inputs.length };
    return problem('expression-input-count', values);
  }
  if (comparesText(call, columns)) return 'truth';
  for (const [i, input] of call.inputs.entries()) {
    const kind = kindOf(input, columns);
    if (isProblem(kind)) return kind;
    if (kind !== known.inputs[i]) {
      const values = { name: call.name, place: input.at + 1, wanted: known.inputs[i] ?? '', given: kind };
      return problem('expression-wrong-kind', values);
    }
  }
  return known.output;
}

/** A column of texts beside a text, either way round; or a test whether it is missing. */
export function comparesText({ name, inputs }: Call, columns: Columns): boolean {
  const isTextColumn = (input: Expression | undefined) =>
    input?.kind === 'column' && columns.get(input.name)?.type.kind === 'string';
  const [first, second] = inputs;
  if (name === 'isMissing') return isTextColumn(first);
  if (name !== 'equal' && name !== 'notEqual') return false;
  return (isTextColumn(first) && second?.kind === 'text') || (first?.kind === 'text' && isTextColumn(second));
}
