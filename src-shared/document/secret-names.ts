import type { NodeLookup } from '../nodes/catalog';
import type { ParamDeclarations } from '../types/params';
import type { YardDocument } from './document';
import { ownEntry } from './own-entry';

/** Names of the secrets that a document's nodes would read, each once: values of its `secret` params and defaults. */
export function secretNames(document: Pick<YardDocument, 'nodes'>, lookup: NodeLookup): string[] {
  const names = Object.values(document.nodes).flatMap(({ kind, params }) =>
    namesIn(lookup(kind)?.params ?? {}, params),
  );
  return [...new Set(names)].sort();
}

function namesIn(declarations: ParamDeclarations, values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(declarations).flatMap(([name, declaration]) => {
    const value = ownEntry(values, name) ?? declaration.default;
    if (declaration.type === 'secret') return typeof value === 'string' ? [value] : [];
    if (declaration.type !== 'variant') return [];
    const chosen = asRecord(value);
    const form = ownEntry(declaration.variants, typeof value === 'string' ? value : String(chosen.type));
    return namesIn(form?.params ?? {}, chosen);
  });
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
