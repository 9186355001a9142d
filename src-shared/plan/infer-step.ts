import type { NodeDefinition } from '../nodes/define-node';
import { isProblem, type Problem } from '../problem';
import { columnsAfter, type StepLookup, stepsWithRoles, withRoles } from '../recipe/columns';
import type { RecipeStep } from '../recipe/define-step';
import type { SplitSpec } from '../runs/values';
import type { Column, SplitName, TableType } from '../types/ports';

/** What a preparation node adds to the value it is given. */
export interface Contribution {
  readonly steps: readonly RecipeStep[];
  readonly roles: Readonly<Record<string, Column['role']>>;
  readonly split?: Omit<SplitSpec, 'at'>;
}

interface StepCall {
  readonly definition: NodeDefinition;
  /** The node's name, for messages about its steps. */
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly columns: readonly Column[];
  readonly seed: number;
}

/** Asks a preparation node what it adds. Throws its ProblemError. */
export function contributionOf({ definition, name, params, columns, seed }: StepCall): Contribution {
  // The params were checked against the node's own declarations.
  const { steps = [], roles = {}, split } = definition.step?.(params as never, { columns, seed }) ?? {};
  return {
    steps: steps.map((step) => ({ ...step, node: name })),
    roles,
    ...(split ? { split: { ...split, node: name } } : {}),
  };
}

/** The input port whose table a preparation node works on. */
export function tablePort(definition: NodeDefinition): string {
  for (const { type } of Object.values(definition.outputs)) if (typeof type !== 'string') return type.as;
  return Object.keys(definition.inputs)[0] ?? '';
}

/** A table wire with what led to its type: steps see the roles that later nodes set, as they do in a run. */
export interface PendingTable {
  readonly type: TableType;
  /** Columns as the source gives them. */
  readonly columns: readonly Column[];
  readonly roles: Contribution['roles'];
  readonly steps: readonly RecipeStep[];
}

export function pendingTable(type: TableType): PendingTable {
  return { type, columns: type.columns, roles: {}, steps: [] };
}

/** The table after what a preparation node adds. */
export function addContribution(
  table: PendingTable,
  contribution: Contribution,
  { as, lookupStep }: { readonly as: TableType['type']; readonly lookupStep: StepLookup },
): PendingTable | Problem {
  const roles = { ...table.roles, ...contribution.roles };
  const steps = stepsWithRoles([...table.steps, ...contribution.steps], roles, lookupStep);
  const isSameRoles = Object.entries(contribution.roles).every(([column, role]) => hasRole(table, column, role));
  // What a step reads may have been changed by one before: that shows only where all of them are gone through.
  const readsAny = contribution.steps.some(({ step }) => lookupStep(step).reads);
  const columns =
    isSameRoles && !readsAny
      ? columnsAfter(table.type.columns, contribution.steps, lookupStep)
      : columnsAfter(withRoles(table.columns, roles), steps, lookupStep);
  if (isProblem(columns)) return columns;
  const sizes = contribution.steps.reduce<Sizes>(
    (now, { step }) => (lookupStep(step).rows ? afterRowStep(now, table.type.type) : now),
    { rows: table.type.rows, splits: table.type.splits },
  );
  const splits = contribution.split ? splitSizes(contribution.split, sizes) : sizes.splits;
  const names = new Set(contribution.steps.map((step) => step.node));
  const type: TableType = {
    type: as,
    columns,
    ...(sizes.rows === undefined ? {} : { rows: sizes.rows }),
    ...(splits ? { splits } : {}),
    steps: [...table.type.steps, ...names],
  };
  return { type, columns: table.columns, roles, steps };
}

function hasRole({ type }: PendingTable, name: string, role: Column['role']): boolean {
  return type.columns.some((column) => column.name === name && column.role === role);
}

interface Sizes {
  readonly rows: number | undefined;
  readonly splits: TableType['splits'] | undefined;
}

/** How many rows are left is known once they are read. After a split only training rows go. */
function afterRowStep({ splits }: Sizes, type: TableType['type']): Sizes {
  if (!splits) return { rows: undefined, splits };
  const kept = type === 'dataset' ? { ...splits, train: undefined } : unknownSizes;
  return { rows: undefined, splits: kept };
}

const unknownSizes: Readonly<Record<SplitName, undefined>> = {
  train: undefined,
  validation: undefined,
  test: undefined,
};

/** The sizes that `recipe/split.ts` deals: shares of all rows, rounded. */
function splitSizes({ by, validation, test }: Omit<SplitSpec, 'at'>, { rows, splits }: Sizes): TableType['splits'] {
  if (by === 'source') return splits ?? unknownSizes;
  if (rows === undefined) return unknownSizes;
  const tests = Math.round(rows * test);
  const validations = Math.min(Math.round(rows * validation), rows - tests);
  return { train: rows - tests - validations, validation: validations, test: tests };
}
