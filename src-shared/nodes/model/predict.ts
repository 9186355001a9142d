import { asTrained, predictRows } from '../../fit/predict';
import { defineNode } from '../define-node';

/** Applies a model to new rows. */
export const predict = defineNode({
  kind: 'model.predict',
  title: { en: 'Predict', zh: '预测' },
  summary: {
    en: 'Applies a model to new rows. Missing values and unknown categories follow the policy of the preparation steps.',
    zh: '把模型应用到新的数据行。缺失值和未知类别按数据准备步骤的策略处理。',
  },
  version: 1,
  inputs: { model: { type: 'model' }, table: { type: ['table', 'dataset'] } },
  outputs: { predictions: { type: 'predictions' } },
  params: {},
  usesRunner: true,
  infer: ({ model }) => {
    if (!model) return {};
    return { outputs: { predictions: { type: 'predictions', outputs: model.outputs } } };
  },
  execute: async ({ model, table }, _params, ctx) => {
    const open = await ctx.tables.open({ ...asTrained(table, model), steps: [] });
    try {
      const rows = Int32Array.from({ length: open.assignment.length }, (_, row) => row);
      const onProgress = (done: number) =>
        ctx.emit({ type: 'progress', node: ctx.node.name, done, total: rows.length, unit: 'rows' });
      const outputs = await predictRows(model, { open, rows, programs: ctx.programs, signal: ctx.signal, onProgress });
      const predicted = model.signature.outputs.map((field) => {
        return { field, data: outputs.get(field.name)?.data ?? new Float32Array(0) };
      });
      return { predictions: { rows, outputs: predicted } };
    } finally {
      await open.close();
    }
  },
});
