import { choice, columns, float } from '../../types/params';
import { defineNode } from '../define-node';

const constantOnly = { param: 'method', in: ['constant'] } as const;

export const normalize = defineNode({
  kind: 'prepare.normalize',
  title: { en: 'Normalize', zh: '归一化' },
  summary: { en: 'Brings numbers to a common scale', zh: '把数值缩放到统一尺度' },
  docs: {
    en: 'Standard: mean 0 and deviation 1. Min–max: 0 to 1. Both are learned from the training rows alone, in every fold anew. Constant: subtract and divide by numbers of your own, such as 255 for images. A scaled regression target is scaled back in predictions.',
    zh: '标准化：均值为 0，标准差为 1。最小–最大：缩放到 0 至 1。两者只从训练行学习，交叉验证的每一折都重新学习。常数：减去并除以指定的数，例如图像除以 255。被缩放的回归目标会在预测时还原。',
  },
  version: 1,
  inputs: { table: { type: ['table', 'dataset'] } },
  outputs: { table: { type: { as: 'table' }, traced: true } },
  params: {
    method: choice({
      label: { en: 'Method', zh: '方法' },
      default: 'standard',
      options: [
        { value: 'standard', label: { en: 'Standard (mean 0, deviation 1)', zh: '标准化（均值 0，标准差 1）' } },
        { value: 'minMax', label: { en: 'Min–max (0 to 1)', zh: '最小–最大（0 至 1）' } },
        { value: 'constant', label: { en: 'By a constant', zh: '按常数' } },
      ],
    }),
    divideBy: float({ label: { en: 'Divide by', zh: '除以' }, default: 255, showIf: constantOnly }),
    subtract: float({
      label: { en: 'Subtract first', zh: '先减去' },
      default: 0,
      showIf: constantOnly,
    }),
    columns: columns({
      label: { en: 'Columns', zh: '列' },
      default: [],
      emptyMeans: { en: 'All numeric features', zh: '所有数值特征' },
    }),
  },
  mends: { unscaled: {} },
  step: ({ method, divideBy, subtract, columns }) => {
    if (method === 'constant') return { steps: [{ step: 'constantScale', params: { columns, subtract, divideBy } }] };
    return { steps: [{ step: method === 'standard' ? 'standardize' : 'minMax', params: { columns } }] };
  },
});
