import { isProblem, problem } from '../problem';
import { defineStep } from './define-step';
import { checkExpression } from './expression/check';
import { conditionSql } from './expression/expression-sql';
import { columnsRead } from './expression/syntax';

type FilterParams = { readonly condition: string };

/** Keeps the rows where a condition over their columns holds; one that cannot be told from missing values does not. */
export const filterRows = defineStep<FilterParams>({
  name: 'filterRows',
  columns: (columns, { condition }) => {
    const checked = checkExpression(condition, columns);
    if (isProblem(checked)) return { ...checked, param: 'condition' };
    if (checked.kind === 'truth') return columns;
    return problem('filter-not-a-condition', { given: checked.kind }, { param: 'condition' });
  },
  rows: (columns, { condition }) => {
    const checked = checkExpression(
      condition,
      columns.map(({ column }) => column),
    );
    // `columns` has refused what cannot be read.
    if (isProblem(checked)) return {};
    return { keep: conditionSql(checked.expression, new Map(columns.map(({ column }) => [column.name, column]))) };
  },
  reads: (columns, { condition }) => {
    const checked = checkExpression(condition, columns);
    return isProblem(checked) ? [] : columnsRead(checked.expression);
  },
  touches: () => false,
  samples: [],
});
