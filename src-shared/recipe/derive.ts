import { isProblem, type Problem, problem } from '../problem';
import type { Column } from '../types/ports';
import { isClassColumn } from './columns';
import { defineStep } from './define-step';
import { type Checked, checkExpression } from './expression/check';
import { expressionOps } from './expression/expression-ops';
import { expressionSql } from './expression/expression-sql';
import { columnsRead } from './expression/syntax';
import { classesProblem } from './features';

type DeriveParams = {
  readonly name: string;
  readonly expression: string;
  /** As later nodes set it. */
  readonly role: Column['role'];
};

const sampleColumns: readonly Column[] = [
  { name: 'x', type: { kind: 'float' }, role: 'feature' },
  { name: 'y', type: { kind: 'float' }, role: 'feature' },
  { name: 'word', type: { kind: 'string' }, role: 'feature', classes: ['a', 'b'] },
];
const sampleRows = [
  [1, 2, 'a'],
  [-4, 0, 'b'],
  [null, 3, null],
  [2.5, null, 'a'],
  [0, -1, 'b'],
  [7, 7, 'b'],
];

/** The longest name of a column that a person gives. */
const maxNameLength = 100;

/**
 * A new column, computed from others of the same row as the source gives them: in SQL while the table is read, as ops
 * in front of the model. A condition gives 1 where it holds and 0 elsewhere.
 */
export const derive = defineStep<DeriveParams>({
  name: 'derive',
  columns: (columns, params) => {
    const checked = check(columns, params);
    return isProblem(checked) ? checked : [...columns, derivedColumn(columns, checked, params)];
  },
  reads: (columns, params) => {
    const checked = check(columns, params);
    return isProblem(checked) ? [] : columnsRead(checked.expression);
  },
  adds: {
    columns: ({ name }) => [name],
    sql: (columns, params) => {
      const { expression, kind } = sound(check(columns, params));
      const sql = expressionSql(expression, new Map(columns.map((column) => [column.name, column])));
      return { [params.name]: kind === 'truth' ? `CAST(${sql} AS BIGINT)` : sql };
    },
    apply: (b, given, params) => {
      const columns = [...given.values()].map(({ column }) => column);
      const { expression } = sound(check(columns, params));
      return { [params.name]: expressionOps(b, expression, given) };
    },
    withRole: (params, role) => ({ ...params, role }),
  },
  touches: () => false,
  samples: [
    'x + 1',
    '-x * y / (y - 3)',
    'if(x > y, x, least(y, 2))',
    'sqrt(x) + ln(y)',
    'exp(x / 10) - floor(abs(x))',
    "word = 'a' or x >= 2.5 and not (y <= 0)",
    "word <> 'a' and x is not null",
    "word is null or 'c' = word",
    'greatest(x, y) between -1 and 2',
    'x in (1, 2.5) and true',
    'x <> y',
  ].map((expression) => ({
    columns: sampleColumns,
    rows: sampleRows,
    params: { name: 'z', expression, role: 'feature' },
  })),
});

function check(columns: readonly Column[], { name, expression }: DeriveParams): Checked | Problem {
  if (name.trim() === '' || name.length > maxNameLength || name === '__proto__') {
    return problem('derive-name-not-allowed', { column: name, limit: maxNameLength }, { param: 'name' });
  }
  const twin = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (twin) return problem('derive-name-taken', { column: twin.name }, { param: 'name' });
  const checked = checkExpression(expression, columns);
  if (isProblem(checked)) return { ...checked, param: 'expression' };
  if (checked.kind === 'text') return problem('derive-gives-text', {}, { param: 'expression' });
  const read = columnsRead(checked.expression);
  if (read.length === 0) return problem('expression-reads-nothing', {}, { param: 'expression' });
  return unfitColumn(columns, read) ?? checked;
}

/** What keeps a column from being read inside a model. */
function unfitColumn(columns: readonly Column[], read: readonly string[]): Problem | undefined {
  const found = columns.filter(({ name }) => read.includes(name));
  const text = found.find((column) => column.type.kind === 'string' && !column.classes);
  return text && { ...classesProblem(text), param: 'expression' };
}

/** Nothing runs while `columns` gives a problem. */
function sound(checked: Checked | Problem): Checked {
  if (isProblem(checked)) throw new Error(`An expression is wrong: ${checked.code}.`);
  return checked;
}

function derivedColumn(
  columns: readonly Column[],
  { expression, kind }: Checked,
  { name, role }: DeriveParams,
): Column {
  if (kind === 'truth') return { name, type: { kind: 'int' }, role, nulls: 0, range: [0, 1], classes: ['0', '1'] };
  const read = columnsRead(expression);
  const isWhole = columns.every(
    (column) => !read.includes(column.name) || (column.nulls === 0 && !isClassColumn(column)),
  );
  return { name, type: { kind: 'float' }, role, ...(isWhole && isTotal(expression) ? { nulls: 0 } : {}) };
}

/** Whether there is a number for any numbers. */
function isTotal(expression: Checked['expression']): boolean {
  if (expression.kind !== 'call') return true;
  return !['divide', 'ln', 'sqrt'].includes(expression.name) && expression.inputs.every(isTotal);
}
