import { evaluatePredictor } from '../../fit/evaluate-predictor';
import { asTrained } from '../../fit/predict';
import { rowsOf } from '../../fit/read-feeds';
import { splitCodes } from '../../runs/run-context';
import { choice, int } from '../../types/params';
import { defineNode } from '../define-node';

/** Measures a model on rows it was not trained on. */
export const test = defineNode({
  kind: 'evaluate.test',
  title: { en: 'Test', zh: '测试' },
  summary: {
    en: 'Measures a model on rows it has never seen, and shows what it got most wrong.',
    zh: '用模型从未见过的行衡量它，并显示错得最厉害的例子。',
  },
  version: 1,
  inputs: { model: { type: 'model' }, dataset: { type: ['dataset', 'table'] } },
  outputs: { report: { type: 'report' } },
  params: {
    split: choice({
      label: { en: 'Rows', zh: '使用的行' },
      default: 'test',
      options: [
        { value: 'test', label: { en: 'Test split', zh: '测试集' } },
        { value: 'validation', label: { en: 'Validation split', zh: '验证集' } },
        { value: 'train', label: { en: 'Training split', zh: '训练集' } },
      ],
    }),
    mistakes: int({
      label: { en: 'Mistakes to show', zh: '显示的错例数' },
      default: 24,
      min: 0,
      max: 1000,
    }),
  },
  usesRunner: true,
  infer: () => ({ outputs: { report: { type: 'report' } } }),
  execute: async ({ model, dataset }, { split, mistakes }, ctx) => {
    const open = await ctx.tables.open(asTrained(dataset, model));
    try {
      const rows = rowsOf(open.assignment, splitCodes[split]);
      const unit = 'rows';
      const onProgress = (done: number) =>
        ctx.emit({ type: 'progress', node: ctx.node.name, done, total: rows.length, unit });
      const { programs, signal, store } = ctx;
      const request = { open, rows, split, mistakes, programs, signal, store, onProgress };
      const report = await evaluatePredictor(model, request);
      ctx.emit({ type: 'report', node: ctx.node.name, report });
      return { report };
    } finally {
      await open.close();
    }
  },
});
