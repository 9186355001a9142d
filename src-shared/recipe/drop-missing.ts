import type { Column } from '../types/ports';
import { unknownColumn, withoutNulls } from './columns';
import { defineStep } from './define-step';

interface DropMissingParams {
  readonly columns: readonly string[];
  readonly [key: string]: readonly string[];
}

const touches = (column: Column, { columns }: DropMissingParams) => {
  if (column.type.kind === 'tensor') return false;
  if (columns.length > 0) return columns.includes(column.name);
  return column.role === 'feature' || column.role === 'target';
};

/** Drops rows where a feature or the target (or one of the named columns) is missing. */
export const dropMissing = defineStep<DropMissingParams>({
  name: 'dropMissing',
  columns: (columns, params) =>
    unknownColumn(columns, params.columns) ??
    columns.map((column) => (touches(column, params) ? withoutNulls(column) : column)),
  rows: (columns, params) => {
    // What an earlier step has filled in is no longer missing, though the raw value is.
    const open = columns.filter(({ column }) => touches(column, params) && column.nulls !== 0);
    return open.length === 0 ? {} : { keep: open.map(({ sql }) => `${sql} IS NOT NULL`).join(' AND ') };
  },
  touches,
  samples: [],
});
