import type { NodeDefinition } from '../nodes/define-node';
import type { Column, SplitName, TableType } from '../nodes/ports';
import { isProblem, type Problem } from '../problem';
import { type StepLookup, withRoles } from '../recipe/columns';
import type { RecipeStep } from '../recipe/define-step';
import type { SplitSpec } from '../runs/values';

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
  return { steps: steps.map((step) => ({ ...step, node: name })), roles, ...(split ? { split } : {}) };
}

/** The input port whose table a preparation node works on. */
export function tablePort(definition: NodeDefinition): string {
  for (const { type } of Object.values(definition.outputs)) if (typeof type !== 'string') return type.as;
  return Object.keys(definition.inputs)[0] ?? '';
}

interface StepTyping {
  readonly input: TableType;
  readonly contribution: Contribution;
  readonly lookupStep: StepLookup;
}

/** The table's type after what a preparation node adds: roles first, then steps, then the split. */
export function inferStep(
  type: TableType['type'],
  { input, contribution, lookupStep }: StepTyping,
): TableType | Problem {
  let columns: readonly Column[] = withRoles(input.columns, contribution.roles);
  let sizes: Sizes = { rows: input.rows, splits: input.splits };
  for (const { step, params, node } of contribution.steps) {
    const definition = lookupStep(step);
    const next = definition.columns(columns, params);
    if (isProblem(next)) return { ...next, node: next.node ?? node };
    columns = next;
    if (definition.rows) sizes = afterRowStep(sizes, input.type);
  }
  const split = contribution.split && splitSizes(contribution.split, sizes);
  const { rows, splits } = { ...sizes, ...(split ? { splits: split } : {}) };
  const names = contribution.steps.map((step) => step.node);
  return {
    type,
    columns,
    ...(rows === undefined ? {} : { rows }),
    ...(splits ? { splits } : {}),
    steps: [...input.steps, ...new Set(names)],
  };
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
