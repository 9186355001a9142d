import { problem } from '../problem';
import type { Column } from '../types/ports';
import { unknownColumn } from './columns';
import { defineStep } from './define-step';

interface DropDuplicatesParams {
  readonly columns: readonly string[];
  readonly [key: string]: readonly string[];
}

const touches = (column: Column, { columns }: DropDuplicatesParams) =>
  columns.length > 0 ? columns.includes(column.name) : column.role === 'feature' || column.role === 'target';

/** Keeps the first of rows that are equal in all features and the target (or in the named columns). */
export const dropDuplicates = defineStep<DropDuplicatesParams>({
  name: 'dropDuplicates',
  columns: (columns, params) => {
    const unknown = unknownColumn(columns, params.columns);
    if (unknown) return unknown;
    const tensor = columns.find((column) => touches(column, params) && isBlock(column));
    return tensor ? problem('duplicates-of-tensors', { column: tensor.name }, { param: 'duplicates' }) : columns;
  },
  rows: (columns, params) => ({
    distinctOn: columns.filter(({ column }) => touches(column, params)).map(({ sql }) => sql),
  }),
  touches,
  samples: [],
});

/** A tensor that was encoded from a raw column is still compared by the raw column. */
function isBlock({ type }: Column): boolean {
  return type.kind === 'tensor' && (type.shape.length !== 1 || type.dtype !== 'float32');
}
