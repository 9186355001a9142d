import { isProblem, ProblemError } from '../../../src-shared/problem';
import { type StepLookup, withRoles } from '../../../src-shared/recipe/columns';
import { quoteName } from '../../../src-shared/recipe/sql';
import type { TabularValue } from '../../../src-shared/runs/values';
import type { Column } from '../../../src-shared/types/ports';

export interface WithAdded {
  /** Those of the source, roles as later nodes set them, and those that steps add. */
  readonly columns: readonly Column[];
  /** A query that gives the source's columns, as one that gives the others too. */
  readonly wrap: (query: string) => string;
}

/** The columns that the steps of a table compute from its source's, as SQL around the query that reads the source. */
export function addColumns({ source, roles, steps }: TabularValue, lookupStep: StepLookup): WithAdded {
  const columns: Column[] = withRoles(source.columns, roles);
  const layers: string[] = [];
  let standing: readonly Column[] = columns;
  for (const { step, node, params } of steps) {
    const { adds, columns: after } = lookupStep(step);
    if (adds) {
      const list = Object.entries(adds.sql(standing, params)).map(([name, sql]) => `${sql} AS ${quoteName(name)}`);
      layers.push(list.join(', '));
    }
    const next = after(standing, params);
    if (isProblem(next)) throw new ProblemError({ ...next, node: next.node ?? node });
    const names = new Set(adds?.columns(params));
    columns.push(...next.filter(({ name }) => names.has(name)));
    standing = next;
  }
  return { columns, wrap: (query) => layers.reduce((inner, list) => `SELECT *, ${list} FROM (${inner})`, query) };
}
