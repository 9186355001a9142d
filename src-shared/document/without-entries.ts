import type { RawDocument } from './migrations/migrations';

/**
 * A document without the nodes, edges, notes … at these paths (`nodes › n1 › …` takes the whole of `n1` away); a path
 * that names no entry takes its key away, so that what the schema supposes stands in.
 */
export function withoutEntries(document: RawDocument, paths: readonly (readonly PropertyKey[])[]): RawDocument {
  const result: Record<string, RawDocument[string]> = { ...document };
  for (const [key, entry] of paths.map((path) => path.map(String))) {
    if (key === undefined) continue;
    const section = result[key];
    if (entry === undefined || typeof section !== 'object' || section === null || Array.isArray(section)) {
      delete result[key];
    } else {
      result[key] = Object.fromEntries(Object.entries(section).filter(([name]) => name !== entry));
    }
  }
  return result;
}
