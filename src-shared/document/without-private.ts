import type { NodeDefinition } from '../nodes/define-node';
import type { ParamDeclarations } from '../types/params';
import type { Params, ParamValue, YardNode } from './document';
import { ownEntry } from './own-entry';

/**
 * Params without what should not travel in a text that may end up in a forum: names of secrets, and paths that say
 * where things lie on this machine. What is left out stands at its default. Of a kind that nobody knows, every text
 * that looks like a path counts.
 */
export function withoutPrivate(node: Pick<YardNode, 'params'>, definition: NodeDefinition | undefined): Params {
  return definition ? keepPublic(node.params, definition.params) : keepPathless(node.params);
}

function keepPublic(params: Params, declared: ParamDeclarations): Params {
  const kept = Object.entries(params).flatMap(([name, value]): [string, ParamValue][] => {
    const declaration = ownEntry(declared, name);
    if (declaration?.type === 'secret') return [];
    if (declaration?.type === 'file' || declaration?.type === 'folder') return isAbsolute(value) ? [] : [[name, value]];
    if (declaration?.type !== 'variant' || !isRecord(value)) return [[name, value]];
    const form = ownEntry(declaration.variants, String(value.type));
    return [[name, form ? keepPublic(value, form.params) : keepPathless(value)]];
  });
  return Object.fromEntries(kept);
}

function keepPathless(params: Params): Params {
  const kept = Object.entries(params).flatMap(([name, value]): [string, ParamValue][] => {
    if (isAbsolute(value)) return [];
    return [[name, isRecord(value) ? keepPathless(value) : withoutPaths(value)]];
  });
  return Object.fromEntries(kept);
}

function withoutPaths(value: ParamValue): ParamValue {
  if (!Array.isArray(value)) return value;
  return value.filter((item) => !isAbsolute(item)).map((item) => (isRecord(item) ? keepPathless(item) : item));
}

function isAbsolute(value: ParamValue): boolean {
  return typeof value === 'string' && /^(\/|~\/|\\\\|[A-Za-z]:[\\/]|file:)/.test(value);
}

function isRecord(value: ParamValue): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
