import { isProblem } from '../../../src-shared/problem';
import { rawSql, type StepLookup, withRoles } from '../../../src-shared/recipe/columns';
import type { RecipeStep, StepDefinition } from '../../../src-shared/recipe/define-step';
import type { TabularValue } from '../../../src-shared/runs/values';
import type { Column } from '../../../src-shared/types/ports';

interface Visited {
  readonly step: RecipeStep;
  readonly definition: StepDefinition;
  /** The columns before the step. */
  readonly columns: readonly Column[];
}

function visit({ source, roles, steps }: TabularValue, lookupStep: StepLookup): Visited[] {
  let columns: readonly Column[] = withRoles(source.columns, roles);
  return steps.map((step) => {
    const definition = lookupStep(step.step);
    const visited = { step, definition, columns };
    const next = definition.columns(columns, step.params);
    if (!isProblem(next)) columns = next;
    return visited;
  });
}

/**
 * Conditions on rows that can be asked while the source is read: those of the row steps before the split, up to the
 * first that compares rows with each other. `applied` is how many steps that covers.
 */
export function pushedConditions(
  value: TabularValue,
  lookupStep: StepLookup,
): { readonly conditions: string[]; readonly applied: number } {
  const conditions: string[] = [];
  const before = visit(value, lookupStep).slice(0, value.split?.at ?? value.steps.length);
  for (const [applied, { step, definition, columns }] of before.entries()) {
    const sqlColumns = columns.map((column) => ({ column, sql: rawSql(column) }));
    const { keep, distinctOn = [] } = definition.rows?.(sqlColumns, step.params) ?? {};
    if (distinctOn.length > 0) return { conditions, applied };
    if (keep !== undefined) conditions.push(`(${keep})`);
  }
  return { conditions, applied: before.length };
}

interface Needs {
  /** Columns that are asked for by name. */
  readonly asked: readonly string[];
  readonly applied: number;
  readonly lookupStep: StepLookup;
}

/** The columns without which a table cannot be split, its steps cannot be fitted, or what is asked for is not there. */
export function neededColumns(value: TabularValue, { asked, applied, lookupStep }: Needs): string[] {
  const { source, split } = value;
  const needed = new Set(asked);
  const visited = visit(value, lookupStep);
  for (const [i, { step, definition, columns }] of visited.entries()) {
    const dropsRows = definition.rows && i >= applied;
    if (dropsRows) for (const name of definition.reads?.(columns, step.params) ?? []) needed.add(name);
    if (!dropsRows && !definition.fit) continue;
    for (const column of columns) if (definition.touches(column, step.params)) needed.add(column.name);
  }
  if (split?.by === 'stratified' && split.column !== undefined) needed.add(split.column);
  if (split?.by === 'source' && source.splitColumn !== undefined) needed.add(source.splitColumn);
  const added = visited.flatMap(({ step, definition }) => definition.adds?.columns(step.params) ?? []);
  const last = visited.at(-1);
  const after = last?.definition.columns(last.columns, last.step.params) ?? source.columns;
  const known = isProblem(after) ? [] : after;
  const target = split && [...withRoles(source.columns, value.roles), ...known].find(({ role }) => role === 'target');
  if (target) needed.add(target.name);
  const scalars = source.columns.filter(({ type }) => type.kind !== 'tensor').map(({ name }) => name);
  return [...scalars, ...added].filter((name) => needed.has(name));
}
