import { type Problem, problem } from '../problem';
import type { InputBinding } from '../types/objective';
import type { Column } from '../types/ports';
import { featureColumns } from './features';

/** The columns that enter a model at one of its inputs, in order. */
export interface BoundInput {
  readonly input: string;
  readonly columns: readonly Column[];
}

/**
 * Which columns enter where: the named ones, and all other features at the one input that takes the rest.
 * @param columns of the data after all preparation steps
 */
export function bindInputs(bindings: readonly InputBinding[], columns: readonly Column[]): BoundInput[] | Problem {
  const known = new Map(columns.map((column) => [column.name, column]));
  const named = new Set(bindings.flatMap(({ columns: names }) => (names === 'rest' ? [] : names)));
  for (const { input, columns: names } of bindings) {
    const wrong = names === 'rest' ? undefined : wrongColumn(input, names, known);
    if (wrong) return wrong;
  }
  const rest = featureColumns(columns).filter(({ name }) => !named.has(name));
  const takesRest = bindings.filter(({ columns: names }) => names === 'rest').map(({ input }) => input);
  const [first = '', second] = takesRest;
  if (second !== undefined) {
    return problem('inputs-share-features', { first, second }, { node: second, param: 'columns' });
  }
  if (takesRest.length > 0 && rest.length === 0) {
    return named.size > 0
      ? problem('input-without-columns', { input: first }, { node: first, param: 'columns' })
      : problem('no-features', {}, { port: 'like' });
  }
  return bindings.map(({ input, columns: names }) => {
    return { input, columns: names === 'rest' ? rest : names.flatMap((name) => known.get(name) ?? []) };
  });
}

function wrongColumn(input: string, names: readonly string[], known: ReadonlyMap<string, Column>): Problem | undefined {
  const at = { node: input, param: 'columns' };
  for (const column of names) {
    const role = known.get(column)?.role;
    if (role === undefined) return problem('column-not-found', { column, columns: [...known.keys()].join(', ') }, at);
    if (role === 'target') return problem('target-is-input', { column, input }, at);
    if (role !== 'feature') return problem('input-column-not-feature', { column, input, role }, at);
  }
  return undefined;
}
