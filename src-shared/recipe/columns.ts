import { isProblem, type Problem, problem } from '../problem';
import type { Column } from '../types/ports';
import type { RecipeStep, StepDefinition } from './define-step';
import { quoteName } from './sql';

export type StepLookup = (name: string) => StepDefinition;

/**
 * Whether a column's values are codes of classes (int32 in programs) and not numbers: texts always; integers and
 * truth values only as a target, since as features they are numbers until an encode step says otherwise.
 */
export function isClassColumn(column: Column): boolean {
  if (column.type.kind === 'string') return true;
  return (
    (column.type.kind === 'int' || column.type.kind === 'bool') &&
    column.role === 'target' &&
    column.classes !== undefined
  );
}

/** Whether a column is one number per row. */
export function isNumberColumn(column: Column): boolean {
  return column.type.kind !== 'tensor' && !isClassColumn(column);
}

/** Above this, float32 does not tell one whole number from the next. */
const mostExact = 2 ** 24;

/** So many times larger than its spread may a column's largest number be before float32 blurs what lies between. */
const mostOffset = 2 ** 8;

/**
 * Whether a column's numbers would lose digits in float32: times, whole numbers and amounts above 2^24, and what varies
 * little around a large number. They stay float64 until they were scaled or encoded.
 */
export function isWide(column: Column): boolean {
  const { type, range } = column;
  if (type.kind === 'time') return true;
  if ((type.kind !== 'int' && type.kind !== 'float') || isClassColumn(column) || !range) return false;
  const [low, high] = range;
  const largest = Math.max(Math.abs(low), Math.abs(high));
  return largest > mostExact || (type.kind === 'float' && high > low && largest > (high - low) * mostOffset);
}

/** The columns with the roles that later nodes have set. */
export function withRoles(columns: readonly Column[], roles: Readonly<Record<string, Column['role']>>): Column[] {
  return columns.map((column) => {
    const role = Object.hasOwn(roles, column.name) ? roles[column.name] : undefined;
    return role ? { ...column, role } : column;
  });
}

/**
 * The columns once these steps are done, or the first step's problem, with the node it came from; so where a step
 * reads a column as the source gives it that a step before has changed.
 */
export function columnsAfter(
  columns: readonly Column[],
  steps: readonly RecipeStep[],
  lookupStep: StepLookup,
): readonly Column[] | Problem {
  let result = columns;
  const changed = new Map<string, string>();
  for (const { step, node, params } of steps) {
    const definition = lookupStep(step);
    const next = definition.columns(result, params);
    if (isProblem(next)) return { ...next, node: next.node ?? node };
    const late = definition.reads?.(result, params).find((name) => changed.has(name));
    if (late !== undefined)
      return problem('reads-changed-column', { column: late, by: changed.get(late) ?? '' }, { node });
    if (definition.sql) {
      for (const column of result) if (definition.touches(column, params)) changed.set(column.name, node);
    }
    result = next;
  }
  return result;
}

/** The steps with the roles that later nodes have set for the columns that they add. */
export function stepsWithRoles(
  steps: readonly RecipeStep[],
  roles: Readonly<Record<string, Column['role']>>,
  lookupStep: StepLookup,
): readonly RecipeStep[] {
  return steps.map((step) => {
    const { adds } = lookupStep(step.step);
    const named = adds?.columns(step.params).find((name) => Object.hasOwn(roles, name));
    const role = named === undefined ? undefined : roles[named];
    return adds && role ? { ...step, params: adds.withRole(step.params, role) } : step;
  });
}

/** The names of the columns that steps add to those of the source. */
export function addedColumns(steps: readonly RecipeStep[], lookupStep: StepLookup): Set<string> {
  return new Set(steps.flatMap(({ step, params }) => lookupStep(step).adds?.columns(params) ?? []));
}

/**
 * The columns a step works on: those named in `names`, else the features that `fits` accepts by itself. Names
 * that do not exist are a problem.
 */
export function unknownColumn(columns: readonly Column[], names: readonly string[]): Problem | undefined {
  const missing = names.find((name) => !columns.some((column) => column.name === name));
  if (missing === undefined) return undefined;
  return problem(
    'column-not-found',
    { column: missing, columns: columns.map(({ name }) => name).join(', ') },
    { param: 'columns' },
  );
}

/** Whether a step with a `columns` param works on this column: by name, or, with none named, a feature that fits. */
export function isChosen(column: Column, names: readonly string[], fits: (column: Column) => boolean): boolean {
  return names.length > 0 ? names.includes(column.name) : column.role === 'feature' && fits(column);
}

/** SQL of a raw column: its text or number. Truth values become 0 and 1, times milliseconds since 1970. */
export function rawSql(column: Column): string {
  const name = quoteName(column.name);
  if (column.type.kind === 'bool' && !isClassColumn(column)) return `CAST(${name} AS TINYINT)`;
  if (column.type.kind === 'time') return `epoch_ms(${name})`;
  return isClassColumn(column) ? `CAST(${name} AS VARCHAR)` : name;
}

/** The column once its missing values are filled in or dropped; as it is where the file is still being read. */
export function withoutNulls(column: Column): Column {
  return column.nulls === undefined ? column : { ...column, nulls: 0 };
}
