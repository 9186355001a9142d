import type { Column } from '../types/ports';
import { isChosen, isNumberColumn, unknownColumn } from './columns';
import { defineStep } from './define-step';

type SignedLogParams = { readonly columns: readonly string[] };

const touches = (column: Column, { columns }: SignedLogParams) =>
  isNumberColumn(column) && isChosen(column, columns, ({ type }) => type.kind === 'float' || type.kind === 'int');

/**
 * sign(x) · log(1 + |x|): draws in long tails on both sides of zero, and is log(1 + x) for what is never negative.
 * Nothing is learned. Undone by sign(y) · (exp |y| − 1).
 */
export const signedLog = defineStep<SignedLogParams>({
  name: 'signedLog',
  touches,
  columns: (columns, params) =>
    unknownColumn(columns, params.columns) ??
    columns.map((column) => {
      if (!touches(column, params)) return column;
      const { classes: _, range: __, ...rest } = column;
      return { ...rest, type: { kind: 'float' } as const };
    }),
  sql: ({ sql }) => `(sign(${sql}) * ln(1 + abs(${sql})))`,
  apply: (b, { value }) =>
    b.cast(b.multiply(b.unary('sign', value), b.unary('log1p', b.unary('abs', value))), 'float32'),
  invert: (b, value) => b.multiply(b.unary('sign', value), b.value('expm1', { x: b.unary('abs', value) })),
  samples: [
    {
      columns: [
        { name: 'income', type: { kind: 'float' }, role: 'feature' },
        { name: 'change', type: { kind: 'int' }, role: 'feature' },
      ],
      rows: [
        [0, -3],
        [1e6, 12],
        [null, 0],
        [0.5, -40000],
      ],
      params: { columns: [] },
    },
  ],
});
