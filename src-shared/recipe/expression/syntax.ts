/** What a person computes from the columns of a row, taken apart. `at` is the place in the text, from 0. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'text'; readonly value: string; readonly at: number }
  | { readonly kind: 'column'; readonly name: string; readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly inputs: readonly Expression[]; readonly at: number };

/** The names of the columns that are read, each once. */
export function columnsRead(expression: Expression): string[] {
  const found = new Set<string>();
  const open = [expression];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'column') found.add(next.name);
    if (next.kind === 'call') open.push(...next.inputs);
  }
  return [...found];
}
