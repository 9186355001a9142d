import { type Problem, problem } from '../problem';
import { featureColumns } from '../recipe/features';
import type { Column } from '../types/ports';

/** Weights begin near zero, and features of a few units are what they begin for. */
const usualSize = 100;

/** So many times larger than another feature, one is all that the first steps of a training see. */
const drowning = 100;

/** Numbers of this size make the loss leap even where no other feature is drowned; codes of an embedding are whole. */
const leaping = 1000;

/** Names that a sentence can hold. */
const namedColumns = 5;

/**
 * A warning about features whose numbers are so large that they drown the others, or make training diverge. Scaled
 * columns have no range any more; what is not known yet is not warned about.
 */
export function featureScaleProblem(columns: readonly Column[]): Problem | undefined {
  const sized = featureColumns(columns).map((column) => ({ column, size: sizeOf(column) }));
  const known = sized.flatMap(({ size }) => (size === undefined ? [] : [size]));
  const smallest = Math.min(...known);
  const large = sized.filter(({ column, size = 0 }) => {
    const leaps = column.type.kind === 'float' && size > leaping;
    return size > usualSize && (leaps || size >= drowning * smallest);
  });
  if (large.length === 0) return undefined;
  const names = large.slice(0, namedColumns).map(({ column }) => column.name);
  const values = {
    columns: `${names.join(', ')}${large.length > namedColumns ? ' …' : ''}`,
    largest: Math.max(...large.map(({ size = 0 }) => size)),
  };
  const fix = { code: 'insert-node', mends: 'unscaled' } as const;
  return problem('features-not-scaled', values, { severity: 'warning', port: 'dataset', fix });
}

/** How far from zero a column's numbers go. Vectors that steps make, and what was scaled, are about one. */
function sizeOf({ type, range }: Column): number | undefined {
  if (type.kind === 'bool') return 1;
  if (type.kind === 'tensor') return type.dtype === 'float32' && type.shape.length === 1 ? 1 : undefined;
  if (type.kind !== 'int' && type.kind !== 'float') return undefined;
  return range ? Math.max(...range.map(Math.abs)) : undefined;
}
