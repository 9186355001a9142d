import { checkEstimatorMemory } from '../../fit/check-memory';
import { crossValidate as crossValidateEstimator } from '../../fit/cross-validate';
import { bool, int } from '../../types/params';
import { defineNode } from '../define-node';

/** Trains and tests an estimator on k folds. */
export const crossValidate = defineNode({
  kind: 'evaluate.crossValidate',
  title: { en: 'Cross-validate', zh: '交叉验证' },
  summary: {
    en: 'Trains the model k times, each time tested on another part of the rows: mean and deviation say how far to trust it.',
    zh: '把模型训练 k 次，每次用不同的一部分行来检验：均值和标准差说明结果有多可靠。',
  },
  docs: {
    en: 'Uses training and validation rows, never test rows. Every preparation step learns anew in each fold. Early stopping watches a tenth of the fold’s training rows.',
    zh: '使用训练行和验证行，从不使用测试行。每一折都重新学习数据准备步骤。提前停止监视该折训练行的十分之一。',
  },
  version: 1,
  inputs: { estimator: { type: 'estimator' }, dataset: { type: ['dataset', 'table'] } },
  outputs: { report: { type: 'report' } },
  params: {
    folds: int({ label: { en: 'Folds', zh: '折数' }, default: 5, min: 2, max: 100 }),
    stratified: bool({
      label: { en: 'Keep class shares', zh: '保持类别比例' },
      help: { en: 'Every fold has the same share of each class.', zh: '每一折中各类别所占比例相同。' },
      default: true,
    }),
  },
  usesRunner: true,
  usesSeed: true,
  infer: () => ({ outputs: { report: { type: 'report' } } }),
  check: ({ values: { estimator }, types }, _params, programs) => {
    if (estimator) checkEstimatorMemory(estimator, types.dataset, programs);
  },
  execute: async ({ estimator, dataset }, params, ctx) => {
    const report = await crossValidateEstimator({ estimator, dataset, ...params, ctx });
    ctx.emit({ type: 'report', node: ctx.node.name, report });
    return { report };
  },
});
