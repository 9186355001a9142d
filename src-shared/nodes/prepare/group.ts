import { fail } from '../../problem';
import { unknownColumn } from '../../recipe/columns';
import { aggregates, type GroupRequest } from '../../runs/run-context';
import { columns, map, type ParamsOf } from '../../types/params';
import type { Column } from '../../types/ports';
import { defineNode } from '../define-node';

const params = {
  by: columns({
    label: { en: 'Group by', zh: '分组依据' },
    default: [],
    emptyMeans: { en: 'One row of everything', zh: '全部合为一行' },
  }),
  measures: map({
    label: { en: 'Measures', zh: '汇总' },
    help: {
      en: 'What is computed of a column in each group. How many rows a group has is always there.',
      zh: '在每一组内对列的计算。每组的行数总会给出。',
    },
    default: {},
    options: [...aggregates],
  }),
};

function requestOf({ by, measures }: ParamsOf<typeof params>): GroupRequest {
  const asked = Object.entries(measures).map(([column, aggregate]) => {
    return { name: `${column}_${aggregate}`, column, aggregate };
  });
  return { by, measures: asked, count: 'rows' };
}

/** The columns that come out; how many values they have is known once the rows are grouped. */
function groupedColumns(given: readonly Column[], request: GroupRequest): Column[] {
  const unknown = unknownColumn(given, request.by);
  if (unknown) fail(unknown.code, unknown.values, { ...unknown, param: 'by' });
  const measured = request.measures.map(({ column }) => column);
  const strange = unknownColumn(given, measured);
  if (strange) fail(strange.code, strange.values, { ...strange, param: 'measures' });
  const wrong = given.find(
    ({ name, type }) => measured.includes(name) && !['float', 'int', 'bool'].includes(type.kind),
  );
  if (wrong) fail('group-not-a-number', { column: wrong.name }, { param: 'measures' });
  const tensor = given.find(({ name, type }) => request.by.includes(name) && type.kind === 'tensor');
  if (tensor) fail('expression-of-tensor', { column: tensor.name }, { param: 'by' });
  const keys = request.by.flatMap((name) => given.filter((column) => column.name === name));
  const names = [...request.by, request.count, ...request.measures.map(({ name }) => name)];
  const twice = names.find((name, i) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) !== i);
  if (twice !== undefined) fail('derive-name-taken', { column: twice }, { param: 'by' });
  return [
    ...keys.map(({ range: _, nulls: __, ...column }) => column),
    { name: request.count, type: { kind: 'int' }, role: 'feature' },
    ...request.measures.map(({ name }): Column => ({ name, type: { kind: 'float' }, role: 'feature' })),
  ];
}

export const group = defineNode({
  kind: 'prepare.group',
  title: { en: 'Group', zh: '分组汇总' },
  summary: { en: 'One row for each group of rows, with sums, means and counts', zh: '每组一行，给出总和、均值和数量' },
  docs: {
    en: 'Rows that agree in the columns of "Group by" become one row. Measures are computed of the values as the steps before leave them; what these learn is learned from the training rows. The steps before end here: what comes out is a new table.',
    zh: '在“分组依据”各列取值相同的行合为一行。汇总按之前各步骤处理后的值计算；这些步骤只从训练行学习。之前的步骤到此为止：得到的是一张新表。',
  },
  version: 1,
  inputs: { table: { type: ['table', 'dataset'] } },
  outputs: { table: { type: 'table' } },
  params,
  infer: ({ table }, given) => {
    if (!table) return {};
    return {
      outputs: { table: { type: 'table', columns: groupedColumns(table.columns, requestOf(given)), steps: [] } },
    };
  },
  execute: async ({ table }, given, ctx) => {
    const source = await ctx.tables.group(table, requestOf(given));
    return { table: { source, roles: {}, steps: [] } };
  },
});
