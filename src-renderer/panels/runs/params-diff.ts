import type { ParamValue, YardDocument, YardNode } from '../../../src-shared/document/document';
import { ownEntry } from '../../../src-shared/document/own-entry';
import { stableStringify } from '../../../src-shared/hash';
import type { NodeLookup } from '../../../src-shared/nodes/catalog';
import { defaultParams } from '../../../src-shared/types/params';

/** A setting that two documents do not share; `undefined` where a document has no such node or setting. */
export interface ParamDifference {
  /** Name of the node. */
  readonly node: string;
  /** Its settings, by name: `training.epochs` for one of a form. Empty: the node itself is in one document alone. */
  readonly param: string;
  readonly before: ParamValue | undefined;
  readonly after: ParamValue | undefined;
}

/** What differs in the settings of two documents, node by node, matched by name; defaults are spelled out. */
export function diffParams(before: YardDocument, after: YardDocument, lookup: NodeLookup): ParamDifference[] {
  const [first, second] = [byName(before), byName(after)];
  const names = [...new Set([...first.keys(), ...second.keys()])];
  return [
    ...seedDifference(before, after),
    ...names.flatMap((node) => diffNode(node, { before: first.get(node), after: second.get(node), lookup })),
  ];
}

function seedDifference({ settings: a }: YardDocument, { settings: b }: YardDocument): ParamDifference[] {
  return a.seed === b.seed ? [] : [{ node: '', param: 'seed', before: a.seed, after: b.seed }];
}

function byName({ nodes }: YardDocument): Map<string, YardNode> {
  return new Map(Object.values(nodes).map((node) => [node.name, node]));
}

interface Pair {
  readonly before: YardNode | undefined;
  readonly after: YardNode | undefined;
  readonly lookup: NodeLookup;
}

function diffNode(node: string, { before, after, lookup }: Pair): ParamDifference[] {
  if (!before || !after) return [{ node, param: '', before: before?.kind, after: after?.kind }];
  const [first, second] = [flatParams(before, lookup), flatParams(after, lookup)];
  const params = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  return params.flatMap((param) => {
    const [a, b] = [ownEntry(first, param), ownEntry(second, param)];
    return stableStringify(a ?? null) === stableStringify(b ?? null) ? [] : [{ node, param, before: a, after: b }];
  });
}

function flatParams({ kind, params }: YardNode, lookup: NodeLookup): Record<string, ParamValue> {
  // Defaults of params are plain data.
  const defaults = defaultParams(lookup(kind)?.params ?? {}) as Record<string, ParamValue>;
  return flatten('', { ...defaults, ...params });
}

function flatten(prefix: string, values: Readonly<Record<string, ParamValue>>): Record<string, ParamValue> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, ParamValue][] => {
      return isRecord(value) ? Object.entries(flatten(`${prefix}${name}.`, value)) : [[`${prefix}${name}`, value]];
    }),
  );
}

function isRecord(value: ParamValue): value is Readonly<Record<string, ParamValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
