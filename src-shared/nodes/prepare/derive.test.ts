import { describe, expect, it } from 'vitest';
import { lookupOp } from '../../ops/catalog';
import { ProgramBuilder } from '../../ops/program-builder';
import { addContribution, contributionOf, type PendingTable, pendingTable } from '../../plan/infer-step';
import { isProblem } from '../../problem';
import { lookupStep } from '../../recipe/catalog';
import { addPrologue, joinFeatures } from '../../recipe/prologue';
import { defaultParams, paramsSchema } from '../../types/params';
import type { Column, TableType } from '../../types/ports';
import type { NodeDefinition } from '../define-node';
import { derive } from './derive';
import { filter } from './filter';
import { normalize } from './normalize';
import { split } from './split';

const columns: readonly Column[] = [
  { name: 'distance', type: { kind: 'int' }, role: 'feature', nulls: 0 },
  { name: 'delay', type: { kind: 'int' }, role: 'ignore', nulls: 0 },
  { name: 'origin', type: { kind: 'string' }, role: 'ignore', nulls: 0, classes: ['JFK', 'LAX'] },
];

type Wired = readonly (readonly [NodeDefinition, Record<string, unknown>])[];

/** The table after these nodes, or the first problem. */
function tableAfter(...nodes: Wired) {
  let table: PendingTable = pendingTable({ type: 'table', columns, rows: 10, steps: [] });
  for (const [i, [definition, changes]] of nodes.entries()) {
    const params = paramsSchema(definition.params).parse({ ...defaultParams(definition.params), ...changes });
    const call = { definition, name: `node${i}`, params, columns: table.type.columns, seed: 1 };
    const next = addContribution(table, contributionOf(call), { as: 'table', lookupStep });
    if (isProblem(next)) return next;
    table = next;
  }
  return table;
}

const typeOf = (found: ReturnType<typeof tableAfter>) => ('type' in found ? found.type : found) as TableType;
const late = [derive, { name: 'late', expression: 'delay > 15' }] as const;

describe('derived columns', () => {
  it('are features that later nodes can use, or make the target', () => {
    const speed = [derive, { name: 'speed', expression: 'distance / 60' }] as const;
    const double = [derive, { name: 'double', expression: 'speed * 2 + distance' }] as const;
    expect(typeOf(tableAfter(speed, double)).columns.slice(3)).toEqual([
      { name: 'speed', type: { kind: 'float' }, role: 'feature' },
      { name: 'double', type: { kind: 'float' }, role: 'feature' },
    ]);
    expect(typeOf(tableAfter(late, [split, { target: ['late'], by: 'stratified' }])).columns.at(-1)).toMatchObject({
      name: 'late',
      role: 'target',
      classes: ['0', '1'],
    });
  });

  it('are computed inside the model, from columns that are no features themselves', () => {
    const table = tableAfter([derive, { name: 'close', expression: "distance < 500 and origin = 'JFK'" }], late);
    if (!('steps' in table)) throw new Error('No problem is expected.');
    const b = new ProgramBuilder(lookupOp);
    const steps = table.steps.map((step) => ({ ...step, fitted: {} }));
    const features = joinFeatures(b, [...addPrologue(b, { columns, steps }, { lookupStep }).values()]);
    expect(Object.keys(b.build({ features }).inputs).sort()).toEqual(['delay', 'distance', 'origin']);
    expect(features.type.shape).toEqual(['batch', 3]);
  });

  it.each<[Wired, string]>([
    [[[derive, { name: 'Delay', expression: 'distance' }]], 'derive-name-taken'],
    [[[derive, { name: 'x', expression: 'nothing + 1' }]], 'column-not-found'],
    [[[derive, { name: 'x', expression: '1 + 1' }]], 'expression-reads-nothing'],
    [[[derive, { name: 'x', expression: 'origin' }]], 'derive-gives-text'],
    [[[filter, { condition: 'delay + 1' }]], 'filter-not-a-condition'],
    [
      [
        [normalize, {}],
        [derive, { name: 'x', expression: 'distance * 2' }],
      ],
      'reads-changed-column',
    ],
    [
      [
        [normalize, {}],
        [filter, { condition: 'distance > 2' }],
      ],
      'reads-changed-column',
    ],
  ])('are refused where they cannot be computed: %#', (nodes, code) => {
    expect(tableAfter(...nodes)).toMatchObject({ code, node: expect.stringMatching(/^node/) });
  });

  it('are refused as features where they come from the target', () => {
    const table = tableAfter([derive, { name: 'x', expression: 'delay * 2' }], [split, { target: ['delay'] }]);
    if (!('steps' in table)) throw new Error('No problem is expected.');
    const target = columns.map((column) => (column.name === 'delay' ? { ...column, role: 'target' as const } : column));
    const recipe = { columns: target, steps: table.steps.map((step) => ({ ...step, fitted: {} })) };
    expect(() => addPrologue(new ProgramBuilder(lookupOp), recipe, { lookupStep })).toThrow('derive-reads-target');
  });
});

describe('filtered rows', () => {
  it('leave the columns as they are and their number open', () => {
    expect(typeOf(tableAfter([filter, { condition: 'delay between 1 and 3' }]))).toMatchObject({
      columns,
      type: 'table',
    });
    expect(typeOf(tableAfter([filter, { condition: 'delay > 1' }])).rows).toBeUndefined();
  });
});
