import { csv } from './data/csv';
import { idx } from './data/idx';
import { mnist } from './data/mnist';
import type { NodeDefinition } from './define-node';
import { exportModel } from './deploy/export';
import { crossValidate } from './evaluate/cross-validate';
import { test } from './evaluate/test';
import { activation } from './layer/activation';
import { batchNormalization } from './layer/batch-normalization';
import { conv2d } from './layer/conv2d';
import { dense } from './layer/dense';
import { dropout } from './layer/dropout';
import { flatten } from './layer/flatten';
import { globalAveragePooling2d } from './layer/global-average-pooling2d';
import { input } from './layer/input';
import { maxPooling2d } from './layer/max-pooling2d';
import { predict } from './model/predict';
import { clean } from './prepare/clean';
import { encode } from './prepare/encode';
import { normalize } from './prepare/normalize';
import { split } from './prepare/split';
import { fit } from './train/fit';

/** Every node, one line each. */
export const nodes: readonly NodeDefinition[] = [
  mnist,
  idx,
  csv,
  clean,
  encode,
  normalize,
  split,
  input,
  conv2d,
  maxPooling2d,
  globalAveragePooling2d,
  flatten,
  dense,
  dropout,
  batchNormalization,
  activation,
  fit,
  predict,
  test,
  crossValidate,
  exportModel,
];

/** Finds a definition by kind. Handed to infer, plan and engine, which name no kind themselves. */
export type NodeLookup = (kind: string) => NodeDefinition | undefined;

const byKind = new Map(nodes.map((node) => [node.kind, node]));

export function lookupNode(kind: string): NodeDefinition | undefined {
  return byKind.get(kind);
}
