import { mnist } from './data/mnist';
import type { NodeDefinition } from './define-node';
import { crossValidate } from './evaluate/cross-validate';
import { test } from './evaluate/test';
import { predict } from './model/predict';
import { split } from './prepare/split';
import { fit } from './train/fit';

/** Every node, one line each. */
export const nodes: readonly NodeDefinition[] = [mnist, split, fit, predict, test, crossValidate];

/** Finds a definition by kind. Handed to infer, plan and engine, which name no kind themselves. */
export type NodeLookup = (kind: string) => NodeDefinition | undefined;

const byKind = new Map(nodes.map((node) => [node.kind, node]));

export function lookupNode(kind: string): NodeDefinition | undefined {
  return byKind.get(kind);
}
