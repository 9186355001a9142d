import type { RecipeStep } from '../../recipe/define-step';
import { bool, choice, columns, float, type ParamsOf, text } from '../../types/params';
import { defineNode } from '../define-node';

const params = {
  missing: choice({
    label: { en: 'Missing values', zh: '缺失值' },
    default: 'keep',
    options: [
      { value: 'keep', label: { en: 'Keep', zh: '保留' } },
      { value: 'drop', label: { en: 'Drop the rows', zh: '删除所在行' } },
      { value: 'impute', label: { en: 'Fill in', zh: '填补' } },
    ],
  }),
  strategy: choice({
    label: { en: 'Fill in with', zh: '填补方式' },
    help: {
      en: 'Learned from the training rows. Text columns take their most frequent value, unless a constant is chosen.',
      zh: '从训练行学习。文本列取最常见的值，除非选择常数。',
    },
    default: 'median',
    options: [
      { value: 'mean', label: { en: 'Mean', zh: '均值' } },
      { value: 'median', label: { en: 'Median', zh: '中位数' } },
      { value: 'mostFrequent', label: { en: 'Most frequent value', zh: '最常见的值' } },
      { value: 'constant', label: { en: 'A constant', zh: '常数' } },
    ],
    showIf: { param: 'missing', in: ['impute'] },
  }),
  value: text({
    label: { en: 'Constant', zh: '常数' },
    default: '0',
    showIf: { param: 'strategy', in: ['constant'] },
  }),
  duplicates: bool({
    label: { en: 'Drop duplicate rows', zh: '删除重复行' },
    help: {
      en: 'Rows with the same features and the same target; the first one stays. After a split only training rows go.',
      zh: '特征与目标都相同的行，保留第一行。划分之后只删除训练行。',
    },
    default: false,
  }),
  outliers: choice({
    label: { en: 'Outliers', zh: '异常值' },
    help: { en: 'They are moved to the nearest bound, not dropped.', zh: '异常值被移到最近的界限，不会删除。' },
    default: 'keep',
    options: [
      { value: 'keep', label: { en: 'Keep', zh: '保留' } },
      { value: 'iqr', label: { en: 'Clip beyond the quartiles', zh: '按四分位距截断' } },
      { value: 'percentile', label: { en: 'Clip at percentiles', zh: '按百分位截断' } },
      { value: 'bounds', label: { en: 'Clip at fixed bounds', zh: '按固定界限截断' } },
    ],
  }),
  factor: float({
    label: { en: 'Interquartile ranges', zh: '四分位距倍数' },
    default: 1.5,
    min: 0,
    showIf: { param: 'outliers', in: ['iqr'] },
  }),
  lower: float({
    label: { en: 'Lower', zh: '下限' },
    help: { en: 'For percentiles a share between 0 and 1.', zh: '按百分位时为 0 到 1 之间的比例。' },
    default: 0.01,
    showIf: { param: 'outliers', in: ['percentile', 'bounds'] },
  }),
  upper: float({
    label: { en: 'Upper', zh: '上限' },
    default: 0.99,
    showIf: { param: 'outliers', in: ['percentile', 'bounds'] },
  }),
  columns: columns({
    label: { en: 'Columns', zh: '列' },
    default: [],
    emptyMeans: { en: 'All features (and the target, for dropping rows)', zh: '所有特征（删除行时包括目标列）' },
  }),
};

type Step = Omit<RecipeStep, 'node'>;

function missingStep({ missing, strategy, value, columns }: ParamsOf<typeof params>): Step[] {
  if (missing === 'drop') return [{ step: 'dropMissing', params: { columns } }];
  return missing === 'impute' ? [{ step: 'impute', params: { columns, strategy, value } }] : [];
}

export const clean = defineNode({
  kind: 'prepare.clean',
  title: { en: 'Clean', zh: '清洗' },
  summary: {
    en: 'Missing values, duplicate rows and outliers',
    zh: '处理缺失值、重复行和异常值',
  },
  docs: {
    en: 'In this order: duplicate rows go, missing values are dropped or filled in, outliers are clipped. Before a split all rows are cleaned; after it rows are dropped from training alone, and what is filled in is learned from training alone.',
    zh: '顺序为：删除重复行，删除或填补缺失值，截断异常值。划分之前处理所有行；划分之后只从训练部分删除行，填补值也只从训练行学习。',
  },
  version: 1,
  inputs: { table: { type: ['table', 'dataset'] } },
  outputs: { table: { type: { as: 'table' }, traced: true } },
  params,
  mends: { 'missing-values': { missing: 'impute' }, 'missing-target': { missing: 'drop' } },
  step: (given) => {
    const { columns, duplicates, outliers, factor, lower, upper } = given;
    const steps: Step[] = duplicates ? [{ step: 'dropDuplicates', params: { columns } }] : [];
    steps.push(...missingStep(given));
    if (outliers !== 'keep') steps.push({ step: 'clip', params: { columns, method: outliers, factor, lower, upper } });
    return { steps };
  },
});
