import type { Column } from '../types/ports';
import type { EncodeParams, UnknownPolicy } from './class-codes';
import type { StepDefinition } from './define-step';

const columns: readonly Column[] = [
  { name: 'c', type: { kind: 'string' }, role: 'feature', classes: ['a', "b's", 'c'] },
  { name: 'i', type: { kind: 'int' }, role: 'feature', classes: ['-2', '5', '10'] },
  { name: 'flag', type: { kind: 'bool' }, role: 'feature', classes: ['false', 'true'] },
];
const rows = [
  ['a', 5, 1],
  ["b's", -2, 0],
  ["b's", 10, 1],
  ['never seen', 7, 1],
  [null, null, null],
] as const;

/** Rows for every policy: known, unseen and missing values in texts, integers and truth values. */
export const encodeSamples: StepDefinition<EncodeParams>['samples'] = (
  ['bucket', 'mostFrequent', 'error'] as const satisfies readonly UnknownPolicy[]
).map((unknown) => ({ columns, rows, params: { columns: ['c', 'i', 'flag'], unknown } }));
