import { text } from '../../types/params';
import { defineNode } from '../define-node';

export const filter = defineNode({
  kind: 'prepare.filter',
  title: { en: 'Filter', zh: '筛选行' },
  summary: { en: 'Keeps the rows where a condition holds', zh: '保留满足条件的行' },
  docs: {
    en: "A condition over the columns as the source gives them: `delay > 15 and origin = 'JFK'`, `age is not null`, `size between 1 and 5`, `kind in ('a', 'b')`. Names with blanks stand in \"double quotes\". A comparison with a missing value does not hold. Before a split all rows are filtered; after it training rows alone. A model that predicts drops no rows.",
    zh: "关于数据来源各列的条件：`delay > 15 and origin = 'JFK'`、`age is not null`、`size between 1 and 5`、`kind in ('a', 'b')`。含空格的列名放在 \"双引号\" 中。与缺失值的比较视为不成立。划分之前筛选所有行；划分之后只筛选训练行。模型预测时不会丢弃任何行。",
  },
  version: 1,
  inputs: { table: { type: ['table', 'dataset'] } },
  outputs: { table: { type: { as: 'table' }, traced: true } },
  params: {
    condition: text({
      label: { en: 'Condition', zh: '条件' },
      help: { en: 'For example `delay > 15 and distance < 500`', zh: '例如 `delay > 15 and distance < 500`' },
      default: '',
      maxLength: 4000,
    }),
  },
  step: ({ condition }) => ({ steps: [{ step: 'filterRows', params: { condition } }] }),
});
