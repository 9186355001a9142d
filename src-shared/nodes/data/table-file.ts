import { fail, type Problem } from '../../problem';
import type { Column, TableType } from '../../types/ports';
import type { SourceFacts } from '../../types/source-facts';

/** What a person says of the columns of a file, by name. */
interface Chosen {
  readonly roles: Readonly<Record<string, Column['role']>>;
  /** Where the file does not say what its columns are. */
  readonly types?: Readonly<Record<string, string>>;
}

/** The columns of a file with the roles that a person gave them; a name that the file lacks is a problem. */
export function columnsOfFile({ columns }: SourceFacts, { roles, types = {} }: Chosen): Column[] {
  const names = columns.map(({ name }) => name);
  for (const [param, chosen] of Object.entries({ roles, types })) {
    const unknown = Object.keys(chosen).find((name) => !names.includes(name));
    if (unknown !== undefined) fail('column-not-found', { column: unknown, columns: names.join(', ') }, { param });
  }
  return columns.map((column) => {
    const role = Object.hasOwn(roles, column.name) ? roles[column.name] : undefined;
    return role ? { ...column, role } : column;
  });
}

/** The table on the wire behind a file, with what is wrong in columns that are used. */
export function tableOfFile(facts: SourceFacts, chosen: Chosen) {
  const columns = columnsOfFile(facts, chosen);
  const unused = new Set<unknown>(columns.flatMap(({ name, role }) => (role === 'ignore' ? [name] : [])));
  const { rows } = facts;
  const problems: Problem[] = facts.problems?.filter(({ values }) => !unused.has(values?.column)) ?? [];
  const table: TableType & { type: 'table' } = {
    type: 'table',
    columns,
    steps: [],
    ...(rows === undefined ? {} : { rows }),
  };
  return { outputs: { table }, problems };
}

export function requireFile(path: string, param = 'file'): string {
  if (path !== '') return path;
  return fail('no-file-chosen', {}, { param, fix: { code: 'choose-file', param } });
}
