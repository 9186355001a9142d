import type { TensorType } from '../ops/tensor';
import { type Problem, problem } from '../problem';
import type { Column, TableType } from '../types/ports';
import { isClassColumn } from './columns';

/** The columns a model is given, in order. */
export function featureColumns(columns: readonly Column[]): Column[] {
  return columns.filter(({ role }) => role === 'feature');
}

/**
 * What a model receives from a table: one image-like column gives `[batch, …shape]`; numbers and vectors stand side
 * by side in `[batch, n]`. A problem where a column is not numbers yet, or where images and numbers are mixed.
 */
export function featureType(type: Pick<TableType, 'columns'>): TensorType | Problem {
  const features = featureColumns(type.columns);
  if (features.length === 0) return problem('no-features', {}, { port: 'like' });
  for (const column of features) {
    const wrong = unreadyFeature(column);
    if (wrong) return wrong;
  }
  const deep = features.find((column) => column.type.kind === 'tensor' && column.type.shape.length !== 1);
  if (!deep) return { dtype: 'float32', shape: ['batch', features.reduce((sum, column) => sum + widthOf(column), 0)] };
  const other = features.find((column) => column !== deep);
  if (other) return problem('features-do-not-mix', { tensor: deep.name, other: other.name });
  const shape = deep.type.kind === 'tensor' ? deep.type.shape : [];
  return { dtype: 'float32', shape: ['batch', ...shape] };
}

function widthOf({ type }: Column): number {
  return type.kind === 'tensor' ? (type.shape[0] ?? 1) : 1;
}

/** Why a feature cannot enter a model as it is. */
function unreadyFeature(column: Column): Problem | undefined {
  const { name, nulls } = column;
  if (column.type.kind === 'time') {
    return problem('time-feature', { column: name }, { fix: { code: 'insert-node', mends: 'time-feature' } });
  }
  if (isClassColumn(column)) {
    if (column.classes?.length === 0 && column.type.kind === 'string') {
      return problem('column-without-values', { column: name });
    }
    if (column.classes) {
      return problem('text-feature', { column: name }, { fix: { code: 'insert-node', mends: 'text-feature' } });
    }
    return classesProblem(column);
  }
  if (nulls === undefined || nulls === 0 || column.type.kind === 'tensor') return undefined;
  return problem(
    'missing-values-left',
    { column: name, nulls },
    { fix: { code: 'insert-node', mends: 'missing-values' } },
  );
}

/** Why a column has no classes: the file is still being read, or it has too many different texts. */
export function classesProblem({ name, nulls }: Column): Problem {
  if (nulls === undefined) return problem('still-reading', { column: name }, { severity: 'info' });
  return problem('too-many-classes', { column: name });
}

/** The columns to predict. */
export function targetColumns(columns: readonly Column[]): Column[] {
  return columns.filter(({ role }) => role === 'target');
}

/** The names of a target's classes in the order of their codes; undefined for numbers, a problem while they are unknown. */
export function targetClasses(column: Column): readonly string[] | Problem | undefined {
  if (!isClassColumn(column)) return undefined;
  return column.classes ?? classesProblem(column);
}
