import { columns } from '../../types/params';
import { defineNode } from '../define-node';

export const logTransform = defineNode({
  kind: 'prepare.logTransform',
  title: { en: 'Log transform', zh: '对数变换' },
  summary: { en: 'Draws in long tails, such as incomes and prices', zh: '收拢长尾分布，例如收入和价格' },
  docs: {
    en: 'sign(x) · log(1 + |x|): also for values below zero. A transformed regression target is turned back in predictions.',
    zh: 'sign(x) · log(1 + |x|)：负值同样适用。被变换的回归目标会在预测时还原。',
  },
  version: 1,
  inputs: { table: { type: ['table', 'dataset'] } },
  outputs: { table: { type: { as: 'table' }, traced: true } },
  params: {
    columns: columns({
      label: { en: 'Columns', zh: '列' },
      default: [],
      emptyMeans: { en: 'All numeric features', zh: '所有数值特征' },
    }),
  },
  step: ({ columns }) => ({ steps: [{ step: 'signedLog', params: { columns } }] }),
});
