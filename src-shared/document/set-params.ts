import type { NodeLookup } from '../nodes/catalog';
import { type Problem, type ProblemValue, problem } from '../problem';
import { defaultParams, type ParamDeclaration, type ParamDeclarations } from '../types/params';
import { checkParams } from './check-params';
import type { NodeId, Params, ParamValue, YardDocument, YardNode } from './document';
import { setSeed, updateNode } from './edit-nodes';
import { nearNames } from './names';
import { ownEntry } from './own-entry';
import { parseSetting } from './parse-setting';

/**
 * Applies settings of the command line, `node.param=value`, in order: nodes by name, dots into forms and maps
 * (`train.optimizer.learningRate=0.01`, `file.types.age=float`), `seed=7` for the document's seed. All problems are
 * told at once; the document is there only where there is none.
 */
export function applySettings(
  document: YardDocument,
  settings: readonly string[],
  lookup: NodeLookup,
): { readonly document?: YardDocument; readonly problems: readonly Problem[] } {
  let current = document;
  const problems: Problem[] = [];
  for (const setting of settings) {
    const result = applySetting(current, setting, lookup);
    if ('code' in result) problems.push(result);
    else current = result;
  }
  return problems.length > 0 ? { problems } : { document: current, problems };
}

const form = /^([^.=]+)(?:\.([^=]+))?=(.*)$/su;

function applySetting(document: YardDocument, setting: string, lookup: NodeLookup): YardDocument | Problem {
  const [, name = '', path, value = ''] = form.exec(setting) ?? [];
  if (name === 'seed' && path === undefined) return setSeed(document, value.trim() === '' ? Number.NaN : Number(value));
  if (path === undefined) return problem('setting-malformed', { setting });
  const found = Object.entries(document.nodes).find(([, node]) => node.name === name);
  if (!found) return unknownNode(document, name);
  const [id, node] = found;
  const definition = lookup(node.kind);
  if (!definition) return problem('kind-unknown', { kind: node.kind }, { node: name });
  const params = change(node, { path: path.split('.'), value }, definition.params);
  if ('code' in params) return params;
  const refusal = checkParams(definition, { name, params: params.params }).problems.find((p) => concerns(p, path));
  return refusal ?? updateNode(document, id, (old) => ({ ...old, params: params.params }));
}

/** Only what this setting touches: an older mistake elsewhere in the node has its own message. */
function concerns({ param = '' }: Problem, path: string): boolean {
  return param === path || param.startsWith(`${path}.`) || path.startsWith(`${param}.`);
}

/** The problem of a name that no node has, with the names that come near it. */
export function unknownNode(document: YardDocument, name: string): Problem {
  const names = Object.values(document.nodes).map((node) => node.name);
  const near = nearNames(name, names);
  return problem('node-missing-near', { name, near: (near.length > 0 ? near : names.slice(0, 20)).join(', ') });
}

/** The id of the node with this name. */
export function findNode(document: YardDocument, name: string): NodeId | undefined {
  return Object.entries(document.nodes).find(([, node]) => node.name === name)?.[0];
}

interface Wanted {
  readonly path: readonly string[];
  readonly value: string;
}

function change(
  node: YardNode,
  { path, value }: Wanted,
  declared: ParamDeclarations,
): { readonly params: Params } | Problem {
  const [param = '', ...rest] = path;
  const declaration = ownEntry(declared, param);
  if (!declaration) return unknown(node, param, Object.keys(declared));
  const present = ownEntry(node.params, param);
  const isForm = declaration.type === 'variant' && rest.join('.') === 'type';
  const next =
    rest.length === 0 || isForm ? whole(declaration, value) : inside(declaration, present, { path: rest, value });
  if (next === undefined) return unreadable(node, { path, value }, declaration);
  if (typeof next === 'object' && next !== null && 'unknown' in next && Array.isArray(next.unknown)) {
    return unknown(node, path.join('.'), next.unknown.map(String));
  }
  return { params: { ...node.params, [param]: next } };
}

/** A form chosen by its name starts from that form's defaults. */
function whole(declaration: ParamDeclaration, value: string): ParamValue | undefined {
  const parsed = parseSetting(value, declaration);
  if (declaration.type !== 'variant' || value.startsWith('{')) return parsed;
  const chosen = ownEntry(declaration.variants, value);
  // Defaults of params are plain data.
  return chosen ? ({ type: value, ...defaultParams(chosen.params) } as ParamValue) : parsed;
}

/** One entry of a form or of a map. `{ unknown }` lists what there is where the name is none of it. */
function inside(
  declaration: ParamDeclaration,
  present: ParamValue | undefined,
  { path, value }: Wanted,
): ParamValue | { readonly unknown: readonly string[] } | undefined {
  const key = path.join('.');
  const base = typeof present === 'object' && present !== null && !Array.isArray(present) ? present : {};
  if (declaration.type === 'map') return { ...base, [key]: value };
  if (declaration.type !== 'variant') return undefined;
  const type = 'type' in base && typeof base.type === 'string' ? base.type : declaration.default;
  const declared = ownEntry(declaration.variants, type)?.params ?? {};
  const inner = ownEntry(declared, key);
  if (!inner) return { unknown: Object.keys(declared) };
  const parsed = parseSetting(value, inner);
  return parsed === undefined ? undefined : { type, ...base, [key]: parsed };
}

function unknown(node: YardNode, param: string, known: readonly string[]): Problem {
  const near = nearNames(param.split('.').at(-1) ?? param, known);
  const more = { node: node.name, param };
  return near.length > 0
    ? problem('param-unknown', { param, near: near.join(', ') }, more)
    : problem('param-unknown-here', { param, known: known.join(', ') || '—' }, more);
}

function unreadable(node: YardNode, { path, value }: Wanted, declaration: ParamDeclaration): Problem {
  const param = path.join('.');
  const values: Record<string, ProblemValue> = {
    param,
    value,
    expected: path.length > 1 ? 'number' : declaration.type,
  };
  return problem('setting-unreadable', values, { node: node.name, param });
}
