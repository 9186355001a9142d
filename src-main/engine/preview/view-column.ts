import type { PreviewColumn } from '../../../src-shared/preview';
import { rawSql } from '../../../src-shared/recipe/columns';
import type { SqlColumn } from '../../../src-shared/recipe/define-step';
import { quoteName } from '../../../src-shared/recipe/sql';
import type { Block } from '../../../src-shared/runs/values';
import type { Column } from '../../../src-shared/types/ports';
import type { LoadedTable } from '../tables/open-table';

/** A column of a view: a block of bytes beside the table, or an expression over its rows. */
export interface ViewColumn {
  readonly column: Column;
  readonly from:
    | { readonly block: Block }
    /** `sql` is what steps and models see, `cell` what people do: texts of classes, dates, true and false. */
    | { readonly sql: string; readonly cell: string };
}

export function viewColumn({ column, sql }: SqlColumn, { value, columns }: LoadedTable): ViewColumn {
  const block = Object.hasOwn(value.source.blocks, column.name) ? value.source.blocks[column.name] : undefined;
  if (block) return { column, from: { block } };
  const raw = columns.find(({ name }) => name === column.name);
  const isUntouched = raw !== undefined && rawSql(raw) === sql;
  return { column, from: { sql, cell: isUntouched ? quoteName(column.name) : sql } };
}

export function describeColumn({ column }: ViewColumn): PreviewColumn {
  const { name, type, role, nulls } = column;
  return { name, type, role, ...(nulls === undefined ? {} : { nulls }) };
}
