import { biasAdd } from './bias-add';
import { constant } from './const';
import { conv2d } from './conv2d';
import type { OpDefinition } from './define-op';
import { feed } from './feed';
import { matMul } from './mat-mul';
import { maxPoolGrad } from './max-pool-grad';
import { maxPool2d } from './max-pool2d';
import { readState } from './read-state';
import { relu } from './relu';
import { reluGrad } from './relu-grad';
import { reshape } from './reshape';
import { softmax } from './softmax';

/** Every op, one line each. */
export const ops: readonly OpDefinition[] = [
  biasAdd,
  constant,
  conv2d,
  feed,
  matMul,
  maxPool2d,
  maxPoolGrad,
  readState,
  relu,
  reluGrad,
  reshape,
  softmax,
];

const byName = new Map(ops.map((op) => [op.name, op]));

/** The op of this name; throws for a name that no op has, which only a damaged program can carry. */
export function lookupOp(name: string): OpDefinition {
  const op = byName.get(name);
  if (!op) throw new Error(`There is no op "${name}".`);
  return op;
}
