import { choice, columns } from '../../types/params';
import { defineNode } from '../define-node';

export const encode = defineNode({
  kind: 'prepare.encode',
  title: { en: 'Encode', zh: '编码' },
  summary: { en: 'Turns categories into numbers', zh: '把类别转换为数字' },
  docs: {
    en: 'One-hot: one number per category, 1 for the one it is. Ordinal: the number of the category. The categories are those of the whole table, so that the shape never varies; what a new value means is a policy.',
    zh: '独热：每个类别一个数字，所属类别为 1。序号：类别的编号。类别取自整个表，因此形状不变；新出现的值按策略处理。',
  },
  version: 1,
  inputs: { table: { type: ['table', 'dataset'] } },
  outputs: { table: { type: { as: 'table' }, traced: true } },
  params: {
    method: choice({
      label: { en: 'Method', zh: '方法' },
      default: 'oneHot',
      options: [
        { value: 'oneHot', label: { en: 'One-hot', zh: '独热' } },
        { value: 'ordinal', label: { en: 'Ordinal', zh: '序号' } },
      ],
    }),
    unknown: choice({
      label: { en: 'A value never seen, or missing', zh: '从未出现或缺失的值' },
      help: {
        en: 'What a model does with it when it predicts.',
        zh: '模型预测时如何处理这样的值。',
      },
      default: 'bucket',
      options: [
        { value: 'bucket', label: { en: 'Gets a place of its own', zh: '单独归为一类' } },
        { value: 'mostFrequent', label: { en: 'Counts as the most frequent category', zh: '视为最常见的类别' } },
        { value: 'error', label: { en: 'Is refused', zh: '拒绝' } },
      ],
    }),
    columns: columns({
      label: { en: 'Columns', zh: '列' },
      default: [],
      emptyMeans: { en: 'All text features', zh: '所有文本特征' },
    }),
  },
  mends: { 'text-feature': {} },
  step: ({ method, unknown, columns }) => ({ steps: [{ step: method, params: { columns, unknown } }] }),
});
